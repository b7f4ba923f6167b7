# The agent as java's first option, so that no child JVM inherits it; behind another command by JAVA_TOOL_OPTIONS.
fl_agent=$fl_home/agent.jar fl_mode=${FROSTLINE_JAVA:-auto} fl_words=()
[[ $fl_mode != off && -f $fl_agent && -r $fl_agent && -s $fl_agent ]] || fl_start "$@"
{ mapfile -t fl_lines < "$fl_agent"; } 2> /dev/null # a JVM does not start with a broken agent: its end counts its lines
[[ ${fl_lines[${#fl_lines[@]} - 1]} == "frostline ${#fl_lines[@]}" ]] || fl_start "$@"
for fl_word; do # a start picked by FROSTLINE_SAMPLE may do without the runtime's own AOT cache, never without another
  case $fl_picked$fl_word in
    1-XX:AOTCache=/var/lang/* | 1-XX:AOTCache=/var/runtime/*) fl_aot=dropped ;;
    *) fl_words+=("$fl_word") ;;
  esac
done
fl_given=" ${fl_words[*]} $JAVA_TOOL_OPTIONS $JDK_JAVA_OPTIONS $_JAVA_OPTIONS "
fl_given=${fl_given//-XX:SharedArchiveFile=\/var\/lang\/lib\/server\/runtime.jsa / } # goes on working with an agent
case $fl_given in # options in files may name an archive too
  *' -XX:AOT'* | *' -XX:+AOT'* | *' -XX:CacheDataStore'* | *' -XX:ArchiveClassesAtExit'* | *' -Xshare:dump '* | \
    *' @'* | *' -XX:Flags='* | *' -XX:VMOptionsFile='*) fl_aot=agentless ;;
  *' -XX:SharedArchiveFile='*) fl_aot=unpatched ;;
esac
case $fl_mode-$fl_aot-$AWS_EXECUTION_ENV in
  clinit-agentless-* | clinit-unpatched-* | load-agentless-* | load-unpatched-* | sample-agentless-*)
    fl_aot=lost ;; # as asked for, and the begin line says so
  clinit-* | load-* | sample-*) fl_aot=${fl_aot/unpatched/kept} ;;
  *-unpatched-*java1[17] | *-unpatched-*java21) fl_mode=sample fl_aot=kept ;; # stacks tell without patched classes
  *-agentless-* | *-unpatched-*) fl_mode=off fl_aot=kept ;; # newer JVMs complain on stdout of an agent by an archive
  *java25) [[ $fl_picked ]] && fl_mode=clinit || fl_mode=sample ;; # there patching costs more than every start should bear
  *) fl_mode=clinit ;;
esac
[[ $fl_aot == kept || $fl_aot == lost ]] && fl_words=("$@")
if [[ $fl_mode != off ]]; then
  fl_agent=-javaagent:$fl_agent=id=$fl_id,t=$fl_t,mode=$fl_mode
  if [[ ${1##*/} == java ]]; then
    fl_words=("$1" "$fl_agent" "${fl_words[@]:1}")
  else
    export JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:+$JAVA_TOOL_OPTIONS }$fl_agent"
  fi
fi
fl_command=("${fl_words[@]}")
fl_whole=1
