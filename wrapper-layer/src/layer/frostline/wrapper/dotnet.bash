{
  fl_hook=$fl_home/Frostline.StartupHook.dll
  [[ -f $fl_hook && -r $fl_hook && -s $fl_hook ]] || return
  # one that cannot be loaded would end the function: its end counts its lines
  mapfile -t fl_lines 2> /dev/null < "$fl_hook"
  [[ ${fl_lines[${#fl_lines[@]} - 1]} == "frostline ${#fl_lines[@]}" ]] || return
  [[ $fl_quiet ]] && fl_mode=packed || fl_mode=assemblies
  fl_env=("FROSTLINE_ID=$fl_id" "FROSTLINE_BEGAN=$fl_t" "DOTNET_STARTUP_HOOKS=${DOTNET_STARTUP_HOOKS:+$DOTNET_STARTUP_HOOKS:}$fl_hook")
  fl_whole=1
}
