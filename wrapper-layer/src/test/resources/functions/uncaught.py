"""Ends in an exception from a module loaded by name, after another was caught and printed."""
import importlib
import sys
import traceback

sys.path.insert(0, __file__.rpartition("/")[0])
try:
    importlib.import_module("not_there")
except ImportError:
    traceback.print_exc()


def load():
    try:
        importlib.import_module("broken")
    finally:
        sys.stderr.flush()


load()
