# A startup hook that cannot be loaded would end the function: ours ends in its number of NUL-separated parts (bash reads
# no bytes).
fl_hook=$fl_home/Frostline.StartupHook.dll fl_parts=('')
[[ -f $fl_hook && -r $fl_hook && -s $fl_hook ]] || fl_start "$@"
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)); then # mapfile has no -d before
  mapfile -d '' -t fl_parts 2> /dev/null < "$fl_hook"
  [[ ${fl_parts[@]: -1} == "frostline:${#fl_parts[@]}" ]] || fl_start "$@"
fi
[[ $fl_quiet ]] && fl_mode=packed || fl_mode=assemblies
export FROSTLINE_ID=$fl_id FROSTLINE_BEGAN=$fl_t
export DOTNET_STARTUP_HOOKS="${DOTNET_STARTUP_HOOKS:+$DOTNET_STARTUP_HOOKS:}$fl_hook"
fl_whole=1
