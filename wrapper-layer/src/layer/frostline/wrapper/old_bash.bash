# Bash before 5.1 has no SRANDOM, before 5.0 no EPOCHREALTIME: then the time is a whole second.
{
  [[ $EPOCHREALTIME ]] && fl_t=${EPOCHREALTIME//[!0-9]/} || printf -v fl_t '%(%s)T000000' -1
  { read -r fl_id < /proc/sys/kernel/random/uuid; } 2> /dev/null
  [[ $fl_id == ????????-* ]] && fl_id=${fl_id%%-*} || printf -v fl_id '%04x%04x' "$RANDOM" "$RANDOM"
  fl_whole=1
}
