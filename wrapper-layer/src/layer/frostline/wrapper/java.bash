# The agent as java's first option, so that no child JVM inherits it; behind another command by JAVA_TOOL_OPTIONS.
{
  fl_agent=$fl_home/agent.jar fl_mode=${FROSTLINE_JAVA:-auto}
  [[ $fl_mode != off && -f $fl_agent && -r $fl_agent && -s $fl_agent ]] || return
  # a JVM does not start with a broken agent: its end counts its lines
  mapfile -t fl_lines 2> /dev/null < "$fl_agent"
  [[ ${fl_lines[${#fl_lines[@]} - 1]} == "frostline ${#fl_lines[@]}" ]] || return
  fl_given=" $* $JAVA_TOOL_OPTIONS $JDK_JAVA_OPTIONS $_JAVA_OPTIONS "
  # goes on working with an agent
  fl_given=${fl_given//-XX:SharedArchiveFile=\/var\/lang\/lib\/server\/runtime.jsa / }
  case $fl_given in *AOT* | *Archive* | *CacheDataStore* | *share:dump* | *' @'* | *' -XX:Flags='* | *' -XX:VMOptionsFile='*)
    fl_read archive "$@" || return
    ;;
  esac
  # on Java 25 patching costs more than every start should bear
  if [[ $fl_mode == auto ]]; then
    [[ $AWS_EXECUTION_ENV == *java25 && ! $fl_picked ]] && fl_mode=sample || fl_mode=clinit
  fi
  if [[ $fl_mode != off ]]; then
    fl_agent=-javaagent:$fl_agent=id=$fl_id,t=$fl_t,mode=$fl_mode
    if [[ ${1##*/} == java ]]; then
      fl_command=("$1" "$fl_agent" "${fl_command[@]:1}")
    else
      fl_env=("JAVA_TOOL_OPTIONS=${JAVA_TOOL_OPTIONS:+$JAVA_TOOL_OPTIONS }$fl_agent")
    fi
  fi
  fl_whole=1
}
