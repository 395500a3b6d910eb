#compdef sla
# Completion of sla for zsh: source <(sla completion zsh)
_sla() {
  local line text
  local -a plain folders shown
  while IFS= read -r line; do
    text="${line%%$'\t'*}"
    if [[ $text == */ ]]; then
      folders+=("$text")
    else
      plain+=("$text")
      shown+=("${line/$'\t'/  -- }")
    fi
  done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( $#folders )); then compadd -S '' -- "${folders[@]}"; fi
  if (( $#plain )); then compadd -l -d shown -- "${plain[@]}"; fi
}
if [[ $funcstack[1] == _sla ]]; then
  _sla "$@"
else
  compdef _sla sla
fi
