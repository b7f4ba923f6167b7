# Options go directly behind the interpreter, whatever follows it. sitecustomize.py does not come with -I, -E or -S and
# could not leave an empty PYTHONPATH as it was: then -X importtime alone.
{
  fl_mode=importtime
  if [[ -f $fl_home/python/sitecustomize.py && -r $fl_home/python/sitecustomize.py && ${PYTHONPATH-unset} && $2 == @(-[mc]|[!-]*) ]]; then
    fl_timed='-X importtime'
    [[ $fl_quiet ]] && fl_mode=packed fl_timed=
    fl_env=("PYTHONPATH=$fl_home/python${PYTHONPATH:+:$PYTHONPATH}" $fl_chain)
    fl_command=("$1" $fl_timed -X "frostline=$fl_id:$fl_t:$fl_mode" "${@:2}")
  else
    fl_command=("$1" -X importtime "${@:2}")
  fi
  [[ $fl_mode == importtime ]] && fl_quiet=
  fl_whole=1
}
