import importlib
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "modules"))
if sys.version_info >= (3, 15):
    exec("lazy import colorsys")
else:
    import colorsys
print("before use", "colorsys" in sys.modules)
importlib.import_module("garbage")
print(colorsys.__name__)
