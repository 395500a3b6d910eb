# Completion of sla for fish: sla completion fish | source
function __sla_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c sla -f -a '(__sla_complete)'
