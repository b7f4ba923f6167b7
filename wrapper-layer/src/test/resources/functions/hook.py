"""Has an excepthook of its own, which throws."""
import sys


def hook(kind, error, trace):
    print("hook", kind.__name__, trace.tb_frame.f_code.co_name, trace.tb_lineno)
    raise ValueError("in the hook")


sys.excepthook = hook
raise KeyError("x")
