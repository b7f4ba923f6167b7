# Options go directly behind the interpreter, whatever follows it; not for -m, -c or options: boot.py runs scripts.
fl_mode=importtime fl_timed='-X importtime'
if [[ $2 == *.py && -f $fl_home/boot.py && -r $fl_home/boot.py ]]; then
  fl_launch='import sys
id, command = sys.argv[2], sys.argv[5:]
try:
    boot = {"__name__": "frostline_boot"}
    loader = sys.modules["_frozen_importlib_external"].SourceFileLoader("frostline_boot", sys.argv[1])
    exec(loader.get_code("frostline_boot"), boot)
    (run,) = boot["prepare"](sys.argv[2:])
except Exception as fault: # nothing of the function has run yet: start it as if Frostline were not there
    import os
    try: os.write(2, ("FROSTLINE fault v=1 id=%s error=%s\n" % (id, type(fault).__name__)).encode())
    finally: os.execvp(command[0], command)
run()' # quoted in an array it would be parsed twice
  [[ $fl_quiet ]] && fl_mode=packed fl_timed=
  fl_command=("$1" $fl_timed -c "$fl_launch" "$fl_home/boot.py" "$fl_id" "$fl_t" $fl_mode "$@")
else
  fl_command=("$1" $fl_timed "${@:2}")
fi
[[ $fl_mode == importtime ]] && fl_quiet=
fl_whole=1
