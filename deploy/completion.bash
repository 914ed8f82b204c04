# Completion of `oncall` in bash; the program itself says what may follow:
#   source deploy/completion.bash        in ~/.bashrc
_oncall() {
  local word=${COMP_WORDS[COMP_CWORD]}
  mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | grep -F -- "$word")
  # No suggestion: a file's name.
  [ "${#COMPREPLY[@]}" -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -o filenames -F _oncall oncall
