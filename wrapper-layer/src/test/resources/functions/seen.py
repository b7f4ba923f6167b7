"""Prints all that a script can see of how it was started; the arguments come last."""
import os
import sys

print(sys.argv, sys.path[0], getattr(sys, "orig_argv", None), dict(sys._xoptions), sys.flags)
print(list(globals()), __name__, __file__, type(__loader__).__name__, __loader__.path, __spec__, __package__)
print(sys.modules["__main__"] is not None, sys.modules["__main__"].__dict__ is globals())
print(sorted((k, v) for k, v in os.environ.items() if k not in ("_", "PWD", "OLDPWD", "SHLVL", "FROSTLINE_NEXT_WRAPPER")))
sys.stderr.write("to stderr\n")
