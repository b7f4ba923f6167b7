# Whether the next wrapper drops the command, as the Lambda Web Adapter's does: a shell script that names no argument.
{
  if [[ -f $FROSTLINE_NEXT_WRAPPER && -x $FROSTLINE_NEXT_WRAPPER && -r $FROSTLINE_NEXT_WRAPPER ]]; then
    IFS= read -r -d '' -n 10000 fl_next < "$FROSTLINE_NEXT_WRAPPER"
    case $fl_next in
      *'$@'* | *'${@'* | *'$*'* | *'${*'* | *'$'[0-9]* | *'${'[0-9]* | *'${!'* | *shift* | *BASH_ARGV* | *'/cmdline'*) ;;
      '#!'*/sh[[:space:]]* | '#!'*/bash[[:space:]]* | '#!'*/dash[[:space:]]* | '#!'*' bash'[[:space:]]* | '#!'*' sh'[[:space:]]*)
        ((${#fl_next} < 10000)) && fl_drops=1 ;;
    esac
  fi
  # by which a Python knows that it is not to be the function's, or that the command was dropped after all
  fl_chain=FROSTLINE_ID=$fl_id:$$
  fl_whole=1
}
