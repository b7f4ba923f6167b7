"""For a start whose PYTHONPATH has another tool's sitecustomize before ours, which loads no other: the same, a bit later."""
import sys

hook = __file__.replace("usercustomize", "sitecustomize")
exec(sys.modules["_frozen_importlib_external"].SourceFileLoader(__name__, hook).get_code(__name__))
