"""Logs what -X importtime cannot: modules loaded through importlib.import_module (a function's handler is one), where
init ended, and what the host did meanwhile. The lines are in this module's README.

The wrapper starts "python -X importtime -X frostline=ID:T:MODE ..." with this folder first on PYTHONPATH, or somebody has
set that and PYTHONPROFILEIMPORTTIME by hand: so site loads this file before the function. It takes all that away again
and loads the sitecustomize that the function may have of its own. Two rules keep the function as it was: nothing of ours
is loaded by an import statement, so no row of ours is printed, and none of our frames stands in a traceback: what is
timed is the lock that importlib holds around a load, and a lock's frames end before an exception passes it.
"""
import sys

importlib, files = sys.modules["_frozen_importlib"], sys.modules["_frozen_importlib_external"]
os = sys.modules["os"]
atexit, gc, time = map(importlib._gcd_import, ("atexit", "gc", "time"))
now = time.perf_counter_ns
STARTED = now()
PART_BYTES = 30_000  # the platform's line reader may cut raw lines above 32 KB
PAUSE_NANOS = 2_000_000  # a row for each longer pause: verdicts overlook less; the shorter ones are in gc_us alone
PAUSE = "(garbage collection)"


def percent_encoded(characters):
    return {ord(c): "%%%02X" % ord(c) for c in characters + "%\x7f" + "".join(map(chr, range(32)))}


def micros(nanos):
    """Microseconds, rounded up as CPython rounds its own rows."""
    return -(-nanos // 1000)


class Log:
    """Lines on stderr; in packed mode JSON events of the lowest level that the function's log keeps."""

    def __init__(self, packed):
        self.level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "WARN") if packed else None

    def line(self, text):
        if self.level:
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            text = text.replace("\\", "\\\\").replace('"', '\\"')
            text = '{"timestamp":"%s","level":"%s","message":"%s"}' % (at, self.level, text)
        try:
            os.write(2, (text + "\n").encode("utf-8", "surrogateescape"))
        except OSError:
            self.line = lambda text: None  # stderr is closed or full: no line, and nothing the function could notice


class Thread:
    """What one thread is loading: the innermost load that is timed."""

    def __init__(self):
        self.load, self.records = None, []


class Imports:
    """Loads of modules, seen through the lock that importlib holds around each: in packed mode all of them, else those by
    name and what stands directly in one. on_client is called once awslambdaric's client is there."""

    client = "awslambdaric.lambda_runtime_client"

    def __init__(self, log, packed):
        self.log, self.packed, self.own = log, packed, 0
        self.threads, self.by_name, self.inside = {importlib._thread.get_ident(): Thread()}, set(), set()
        self.on_client = None
        self.plain_lock = getattr(importlib, "_ModuleLockManager", None)

    def watch(self):
        """An import statement finds the lock's class where it always does. A load by name goes through twins of _gcd_import
        and _find_and_load that find another: so in importtime mode most statements run as if nobody watched."""
        if not self.plain_lock:  # it is there in CPython 3.8 to 3.15; without it there are no rows of ours
            return
        self.lock, importlib._frostline_lock = module_locks(self.plain_lock, self)
        importlib._frostline_find = twin(importlib._find_and_load, "_ModuleLockManager", "_frostline_lock")
        importlib._gcd_import = twin(importlib._gcd_import, "_find_and_load", "_frostline_find")
        self.see_statements(self.packed)

    def unwatch(self):
        if self.plain_lock:
            importlib._ModuleLockManager = importlib._frostline_lock = self.plain_lock

    def see_statements(self, seen):
        importlib._ModuleLockManager = self.lock if seen else self.plain_lock

    def moved(self, thread):
        """In importtime mode a statement is seen only where it stands directly in a load by name, for that one's own time."""
        if thread.load and not thread.load.printed:
            self.inside.add(thread)
        else:
            self.inside.discard(thread)
        self.see_statements(self.inside)

    def closed(self, load, ended):
        thread, outer, whole = load.thread, load.outer, ended - load.began
        alone = whole - load.within
        thread.load = outer
        if outer:
            outer.within += whole
            outer.kids += 1
        if self.packed:
            thread.records.append((load.depth, alone, whole, load._name))
        else:
            self.moved(thread)
            if not load.printed:
                row = micros(alone), micros(whole), "  " * self.printed_depth(), load._name, load.kids
                self.by_name.discard(load)
                self.log.line("import time: %9d | %10d | %s%s via=import_module kids=%d" % row)
        self.own += now() - ended

    def paused(self, nanos):
        """A row that stands where a load would; CPython counts its time into the row around it, and so do ours."""
        thread = self.threads.get(importlib._thread.get_ident())
        depth = 0 if self.packed else self.printed_depth()
        if thread is None and depth == 0:  # this one is loading nothing
            return
        if thread and thread.load:
            thread.load.kids += 1
        if self.packed:
            thread.records.append((thread.load.depth + 1 if thread.load else 0, nanos, nanos, PAUSE))
        else:
            self.log.line("gc time: %9d | %10d | %s%s" % (micros(nanos), micros(nanos), "  " * depth, PAUSE))

    def printed_depth(self):
        """How far CPython would indent a row here: by the loads in progress, each of which holds a lock, that are import
        statements'. A walk up the frames would tell it too, at a microsecond or two for each of them."""
        return len(getattr(importlib, "_module_locks", ())) - len(self.by_name)

    def pack(self, id):
        """All rows as "FROSTLINE pack" lines, thread after thread, so that each keeps its post-order."""
        records = [record for thread in list(self.threads.values()) for record in thread.records]
        names = "".join([record[3] for record in records])  # all at once, as a look at each would double the cost
        common = names.isascii() and names.isprintable() and "%" not in names and ";" not in names
        escaped, parts, size = percent_encoded(";"), [[]], 0
        for depth, alone, whole, name in records:
            kind = "gc/" if name is PAUSE else ""
            record = "%s%d:%d:%d:%s" % (kind, depth, -(-alone // 1000), -(-whole // 1000), name if common else name.translate(escaped))
            length = len(record if common else record.encode("utf-8", "surrogateescape")) + 1
            size += length
            if size > PART_BYTES:
                parts.append([])
                size = length
            parts[-1].append(record)
        for number, part in enumerate(parts, 1):
            self.log.line("FROSTLINE pack v=1 id=%s part=%d/%d enc=text %s" % (id, number, len(parts), ";".join(part)))


def twin(function, name, other):
    """The same function, line for line in a traceback, that looks up another name."""
    names = tuple(other if known == name else known for known in function.__code__.co_names)
    same = type(function)(function.__code__.replace(co_names=names), vars(importlib), None, function.__defaults__)
    same.__kwdefaults__ = function.__kwdefaults__
    return same


def module_locks(plain, imports):
    """What stands for the class of importlib's module lock, which _find_and_load takes for every load: one for import
    statements, one for loads by name. They give the plain lock where a load needs no row of ours, else one that times it."""
    ident, frame, modules = importlib._thread.get_ident, sys._getframe, sys.modules
    threads, packed, client, closed = imports.threads, imports.packed, imports.client, imports.closed
    find, enter, exit = importlib._find_and_load.__code__, plain.__enter__, plain.__exit__

    class TimedLock(plain):
        def __enter__(self):
            self.began = now()
            entered = enter(self)
            thread = self.thread
            self.outer, thread.load = thread.load, self
            self.depth = self.outer.depth + 1 if self.outer else 0
            if not packed:
                imports.moved(thread)
                if not self.printed:
                    imports.by_name.add(self)
            return entered

        def __exit__(self, *error):
            exit(self, *error)
            closed(self, now())

    def timed(name, thread, printed):
        load = TimedLock(name)
        load.thread, load.printed, load.within, load.kids = thread, printed, 0, 0
        return load

    def lock(name):
        if frame(1).f_code is not find or modules.get(name) is not None:
            return plain(name)
        thread = threads.get(ident()) or threads.setdefault(ident(), Thread())
        if packed or thread.load and not thread.load.printed:
            return timed(name, thread, printed=not packed)
        return plain(name)

    def lock_by_name(name):
        if modules.get(name) is not None:
            return plain(name)
        if imports.on_client and client in modules:
            imports.on_client(modules[client])
        return timed(name, threads.get(ident()) or threads.setdefault(ident(), Thread()), printed=False)

    return lock, lock_by_name


class Pauses:
    """Garbage-collection pauses, which otherwise land on whichever module happens to be importing (gc.callbacks)."""

    def __init__(self, imports):
        self.imports, self.pid = imports, os.getpid()
        self.count = self.nanos = self.began = 0

    def callback(self, phase, info):
        if phase == "start":
            self.began = now()
            return
        nanos = now() - self.began
        self.count += 1
        self.nanos += nanos
        if nanos >= PAUSE_NANOS and os.getpid() == self.pid:  # not in a forked child
            self.imports.paused(nanos)


class FirstUse:
    """Stands in a class for a method until an instance is first asked for it; then the method is back and init over."""

    def __init__(self, owner, name, reached):
        self.owner, self.name, self.method, self.reached = owner, name, vars(owner)[name], reached

    def __get__(self, instance, owner=None):
        if instance is not None:
            setattr(self.owner, self.name, self.method)
            self.reached()
        return self.method.__get__(instance, owner)


class Init:
    """The init of this process, from the wrapper's begin line to the end line."""

    def __init__(self, id, begun_micros, mode):
        self.id, self.begun, self.packed = id, int(begun_micros), mode == "packed"
        self.pid, self.over = os.getpid(), False
        self.log = Log(self.packed)
        self.imports = Imports(self.log, self.packed)
        self.pauses = Pauses(self.imports)
        self.imports.on_client = self.watch_client
        self.imports.own = now() - STARTED

    def start(self):
        gc.callbacks.append(self.pauses.callback)
        atexit.register(self.ended, "exit")  # for a start that ends before it asks for a first invocation
        self.imports.watch()

    def watch_client(self, module):
        """awslambdaric asks for its first event, or to be frozen for SnapStart, exactly when init is over."""
        client = getattr(module, "LambdaRuntimeClient", None)
        if client is None:  # not loaded yet
            return
        self.imports.on_client = None
        for name, why in (("wait_next_invocation", "next"), ("restore_next", "restore")):
            for owner in client.__mro__:
                if name in vars(owner):
                    setattr(owner, name, FirstUse(owner, name, lambda why=why: self.ended(why)))
                    break

    def ended(self, why):
        if self.over or os.getpid() != self.pid:  # a forked child is no init
            return
        self.over = True
        try:
            self.report(why, now())
        except Exception as fault:
            self.log.line("FROSTLINE fault v=1 id=%s error=%s" % (self.id, type(fault).__name__))

    def report(self, why, ended):
        # a whole second is the clock of a bash before 5.0, 0 no wrapper: then only the time since this file started is known
        since_begin = self.begun % 1_000_000
        init_us = time.time_ns() // 1000 - self.begun if since_begin else micros(ended - STARTED)
        if self.pauses.callback in gc.callbacks:
            gc.callbacks.remove(self.pauses.callback)
        if self.packed:
            self.imports.pack(self.id)
        fields = {"v": 1, "id": self.id, "why": why, "since": "begin" if since_begin else "boot", "init_us": init_us}
        if self.packed:
            counts = [len(thread.records) for thread in self.imports.threads.values()]
            fields.update(records=sum(counts), threads=sum(map(bool, counts)))
        fields.update(gc_us=micros(self.pauses.nanos), gc_n=self.pauses.count, **host_state())
        if os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST") == "$LATEST":
            fields.update(fingerprint(os.environ.get("LAMBDA_TASK_ROOT", ""), os.environ.get("_HANDLER", "")))
        fields["own_us"] = micros(self.imports.own + now() - ended)
        self.log.line("FROSTLINE end " + " ".join("%s=%s" % field for field in fields.items()))
        if self.packed:
            self.imports.unwatch()  # else lazy imports of the handler go on making rows, like CPython's own


def host_state():
    """What the host did to this process: faults, blocks read, context switches and CPU time (getrusage). The module
    comes from the interpreter's own folder and stays out of sys.modules: a function may have a resource.py."""
    folders = [folder for folder in sys.path if folder.endswith("/lib-dynload")]
    spec = importlib.BuiltinImporter.find_spec("resource") or files.PathFinder.find_spec("resource", folders)
    if spec is None:
        return {}
    resource = importlib.module_from_spec(spec)
    spec.loader.exec_module(resource)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    state = {key: getattr(usage, "ru_" + key) for key in ("majflt", "inblock", "nvcsw", "nivcsw")}
    state.update(utime_us=round(usage.ru_utime * 1e6), stime_us=round(usage.ru_stime * 1e6))
    return state


def fingerprint(root, handler):
    """A number for the code of $LATEST, from the handler's file and the top of the task root; at most 300 files looked
    at, never a walk, as Lambda loads its code volume lazily. Directories count by name (dist-info carries versions)."""
    try:
        top = sorted((e for e in os.scandir(root) if e.name != "__pycache__"), key=lambda e: e.name)[:300]
        seen = [e.name if e.is_dir() else (e.name, e.stat().st_size, int(e.stat().st_mtime)) for e in top]
        module = os.path.join(root, handler.rpartition(".")[0].replace(".", "/") + ".py")
        if os.path.exists(module):
            seen.append((os.stat(module).st_size, int(os.stat(module).st_mtime)))
    except OSError:
        return {}
    return {"fp": "%016x" % (int.from_bytes(repr(seen).encode("utf-8", "surrogateescape"), "big") % (2**61 - 1))}


def begin_line(id, mode):
    """What the wrapper would have written."""
    value, escaped = os.environ.get, percent_encoded(" ")
    fields = {"env": value("AWS_EXECUTION_ENV"), "fn": value("AWS_LAMBDA_FUNCTION_NAME")}
    fields.update(ver=value("AWS_LAMBDA_FUNCTION_VERSION"), mem=value("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"))
    fields.update(arch=os.uname().machine.replace("aarch64", "arm64"), init=value("AWS_LAMBDA_INITIALIZATION_TYPE"))
    fields["handler"] = value("DD_LAMBDA_HANDLER") or value("ORIG_HANDLER") or value("_HANDLER")
    fields.update(mode=mode, layer="0.1.0", dep=value("FROSTLINE_DEPLOYMENT"), t=str(time.time_ns() // 1000))
    texts = [" %s=%s" % (key, text.translate(escaped)) for key, text in fields.items() if text]
    return "FROSTLINE begin v=1 id=%s rt=python%s" % (id, "".join(texts))


def begun():
    """The init that this start is, or None where it is another Python on the way to the function's own. Takes away what
    brought this file here, so that neither the function nor its children find a trace of it."""
    folder = os.path.dirname(__file__)
    sys.path[:] = [entry for entry in sys.path if entry != folder]
    sys.path_importer_cache.pop(folder, None)
    del sys.modules[__name__]
    by_wrapper = sys._xoptions.pop("frostline", None)
    by_hand = not by_wrapper and "_HANDLER" in os.environ and os.environ.pop("PYTHONPROFILEIMPORTTIME", None)
    if not by_wrapper and not by_hand:
        return None
    path = [entry for entry in os.environ.pop("PYTHONPATH").split(":") if os.path.normpath(entry) != folder]
    if path:
        os.environ["PYTHONPATH"] = ":".join(path)
    if by_wrapper:
        timed = sys._xoptions.pop("importtime", None)  # or multiprocessing's children would print trees of their own
        if hasattr(sys, "orig_argv"):
            at = sys.orig_argv.index("frostline=" + by_wrapper)
            del sys.orig_argv[at - (3 if timed else 1) : at + 1]
        return Init(*by_wrapper.split(":"))
    if os.environ.get("FROSTLINE_ENABLED") in ("0", "false", "FALSE", "off", "no"):
        return None
    above_info = os.environ.get("AWS_LAMBDA_LOG_LEVEL") in ("WARN", "ERROR", "FATAL")
    quiet = above_info and os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
    init = Init(os.urandom(4).hex(), 0, "packed" if quiet else "importtime")
    init.log.line(begin_line(init.id, "packed" if quiet else "importtime"))
    return init


init = None
try:
    init = begun()
except Exception as fault:
    Log(packed=False).line("FROSTLINE fault v=1 error=" + type(fault).__name__)
try:
    importlib._gcd_import(__name__)  # the function's own; where there is none, site expects this to fail
finally:
    if init:
        init.start()
