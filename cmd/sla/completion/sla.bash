# Completion of sla for bash: source <(sla completion bash)
_sla() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("${line%%$'\t'*}")
  done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} != -* ]]; then
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _sla sla
