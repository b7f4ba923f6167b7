# What an agent does to an archive of classes: an AOT cache is lost, and patched classes leave an AppCDS archive.
{
  fl_command=()
  for fl_word; do # a start picked by FROSTLINE_SAMPLE may do without the runtime's own AOT cache, never without another
    case $fl_picked$fl_word in
      1-XX:AOTCache=/var/lang/* | 1-XX:AOTCache=/var/runtime/*) fl_aot=dropped fl_given=${fl_given/" $fl_word "/ } ;;
      *) fl_command+=("$fl_word") ;;
    esac
  done
  # options in files may name an archive too
  case $fl_given in
    *' -XX:AOT'* | *' -XX:+AOT'* | *' -XX:CacheDataStore'* | *' -XX:ArchiveClassesAtExit'* | *' -Xshare:dump '* | \
      *' @'* | *' -XX:Flags='* | *' -XX:VMOptionsFile='*) fl_aot=agentless ;;
    *' -XX:SharedArchiveFile='*) fl_aot=unpatched ;;
  esac
  case $fl_mode-$fl_aot-$AWS_EXECUTION_ENV in
    clinit-agentless-* | clinit-unpatched-* | load-agentless-* | load-unpatched-* | sample-agentless-*)
      # as asked for, and the begin line says so
      fl_aot=lost ;;
    clinit-* | load-* | sample-*) fl_aot=${fl_aot/unpatched/kept} ;;
    # stacks tell without patched classes
    *-unpatched-*java1[17] | *-unpatched-*java21) fl_mode=sample fl_aot=kept ;;
    # newer JVMs complain on stdout of an agent by an archive
    *-agentless-* | *-unpatched-*) fl_mode=off fl_aot=kept ;;
  esac
  [[ $fl_aot == kept || $fl_aot == lost ]] && fl_command=("$@")
  fl_whole=1
}
