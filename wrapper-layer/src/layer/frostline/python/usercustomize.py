"""site comes to this file only where sitecustomize.py has not taken its folder off the path: another tool's sitecustomize
hides it, so it is loaded now; or it is damaged, so its folder is taken away here and the function's own two are loaded."""
import sys

importlib, files, os = map(sys.modules.get, ("_frozen_importlib", "_frozen_importlib_external", "os"))
folder = os.path.dirname(__file__)
try:
    exec(files.SourceFileLoader(__name__, folder + "/sitecustomize.py").get_code(__name__))
except BaseException:
    if folder not in sys.path:
        raise
if folder in sys.path:
    sys.path.remove(folder)
    path = [entry for entry in os.environ.pop("PYTHONPATH").split(":") if os.path.normpath(entry) != folder]
    if path:
        os.environ["PYTHONPATH"] = ":".join(path)
    loaded = sys.modules.get("sitecustomize")
    if loaded is None or getattr(loaded, "__file__", None) == folder + "/sitecustomize.py":
        sys.modules.pop("sitecustomize", None)
        try:
            importlib._gcd_import("sitecustomize")
        except ImportError as missing:
            if missing.name != "sitecustomize":
                raise
    del sys.modules[__name__]
    importlib._gcd_import(__name__)  # where there is none, site expects this to fail
