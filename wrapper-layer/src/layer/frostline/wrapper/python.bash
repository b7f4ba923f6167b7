# Options go directly behind the interpreter, whatever follows it; not for -m, -c or options: boot.py runs scripts.
fl_mode=importtime fl_options=(-X importtime)
if [[ $2 == *.py && -f $fl_home/boot.py && -r $fl_home/boot.py ]]; then
  [[ $fl_quiet ]] && fl_mode=packed fl_options=()
  fl_options+=(-c 'import sys
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
run()' "$fl_home/boot.py" "$fl_id" "$fl_t" "$fl_mode" "$1")
fi
[[ $fl_mode == importtime ]] && fl_quiet=
fl_command=("$1" "${fl_options[@]}" "${@:2}")
fl_whole=1
