"""What a run loads: each module with its own CPU time, and every import statement that ran, also of what was there already;
and which of those modules run code once the events have begun.

    module pandas 81234 /var/task/pandas/__init__.py
    edge app pandas
    ran app
    made /tmp/cache.json
"""
import builtins
import posix
import sys
from time import process_time_ns

importlib = sys.modules["_frozen_importlib"]
own, edges, statements, loads, files, opened, ended = {}, {}, [], [], set(), {}, False
plain_import, plain_find = builtins.__import__, importlib._find_and_load


def watch():
    builtins.__import__, importlib._find_and_load = imported, find_and_load
    sys.addaudithook(audited)


def audited(event, arguments):
    """Files that init makes: a later run would find them there, whether or not it makes them itself."""
    if event == "open" and not ended and isinstance(arguments[0], str) and (arguments[2] or 0) & posix.O_CREAT and not exists(arguments[0]):
        opened[sys.modules["os"].path.abspath(arguments[0])] = None


def exists(path):
    try:
        return bool(posix.lstat(path))
    except OSError:
        return False


def absolute(name, globals, level):
    if not level:
        return name
    package = globals.get("__package__") or globals.get("__name__", "").rpartition(".")[0]
    base = package.rsplit(".", level - 1)[0] if level > 1 else package
    return base + "." + name if name else base


def imported(name, globals=None, locals=None, fromlist=(), level=0):
    importer, target = (globals or {}).get("__name__"), absolute(name, globals or {}, level)
    statements.append(target)
    try:
        module = plain_import(name, globals, locals, fromlist, level)
    finally:
        statements.pop()
    if importer is None or importer == "importlib._bootstrap":  # a compiled module imports in the frame that loads it
        importer = loads[-1][0] if loads else "__main__"
    edges[importer, target] = None
    for attribute in fromlist or ():
        submodule = "%s.%s" % (target, attribute)
        if submodule in sys.modules:
            edges[importer, submodule] = None
    return module


def find_and_load(name, import_):
    asked = statements[-1] if statements else None
    if asked is None or not (asked == name or asked.startswith(name + ".") or name.startswith(asked + ".")):
        edges[loads[-1][0] if loads else "__main__", name] = None  # by importlib.import_module
    statements.append(None)
    load = [name, 0]
    loads.append(load)
    began = process_time_ns()
    try:
        return plain_find(name, import_)
    finally:
        whole = process_time_ns() - began
        loads.pop()
        statements.pop()
        if loads:
            loads[-1][1] += whole
        own[name] = own.get(name, 0) + whole - load[1]


def report(say):
    global ended
    ended = True
    builtins.__import__, importlib._find_and_load = plain_import, plain_find
    for path in filter(exists, opened):
        say("made", path)
    for name, nanos in own.items():
        if name in sys.modules:
            say("module", name, max(0, nanos) // 1000, getattr(sys.modules[name], "__file__", None) or "-")
    for importer, target in edges:
        say("edge", importer, target)


def watch_code():
    """Of all threads, as profilers do: a survey's times are over by then, and nobody judges what it does."""

    def profile(frame, event, value):
        if event == "call":
            files.add(frame.f_code.co_filename)

    if "threading" in sys.modules:
        sys.modules["threading"].setprofile(profile)
    sys.setprofile(profile)


def report_code(say):
    sys.setprofile(None)
    for name in own:
        if getattr(sys.modules.get(name), "__file__", None) in files:
            say("ran", name)
