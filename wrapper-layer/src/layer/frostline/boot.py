"""Runs a script in the real __main__ and logs what -X importtime cannot: modules loaded through importlib.import_module
(a function's handler is one), where init ended, and what the host did meanwhile. The lines are in this module's README.

bin/importtime_wrapper execs "python -X importtime -c LAUNCH boot.py ID T MODE python script.py ...". LAUNCH calls
prepare(), after whose failure it starts the plain command, then the run() it returns. Two rules keep the function as
it was: nothing of ours is loaded by an import statement, so no row of ours is printed, and none of our frames stands
in a traceback: what is timed is the lock that importlib holds around a load, and a lock's frames end before an
exception passes it.
"""
import sys

importlib, files = sys.modules["_frozen_importlib"], sys.modules["_frozen_importlib_external"]
os = sys.modules["os"]
time = importlib._gcd_import("time")
now = time.perf_counter_ns
STARTED = now()
PART_BYTES = 30_000  # the platform's line reader may cut raw lines above 32 KB
PAUSE_NANOS = 100_000  # a row for each longer pause; the shorter ones are in gc_us alone
PAUSE = "(garbage collection)"
ESCAPED = {ord(c): "%%%02X" % ord(c) for c in "%;" + "".join(map(chr, range(32)))}


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
    """Where one thread stands: its open imports, the depth of the innermost one that was loaded by name, and the time
    and number of loads inside the innermost one that is timed."""

    def __init__(self):
        self.depth = self.within = self.kids = 0
        self.by_name = -1
        self.records = []


class Imports:
    """Every load of a module, seen through importlib's module lock; on_client is called when awslambdaric's is in."""

    client = "awslambdaric.lambda_runtime_client"

    def __init__(self, log, packed):
        self.log, self.packed = log, packed
        self.threads, self.count, self.own = {}, 0, 0
        self.on_client = lambda module: None
        self.plain_lock = getattr(importlib, "_ModuleLockManager", None)
        self.timed_lock = self.plain_lock and timed_lock(self.plain_lock, self)

    def watch(self, timed):
        if self.plain_lock:  # so in CPython 3.8 to 3.14; without it there are no rows of ours
            importlib._ModuleLockManager = self.timed_lock if timed else self.plain_lock

    def closed(self, load, ended):
        thread, whole = load.thread, ended - load.began
        alone, kids = whole - thread.within, thread.kids
        thread.depth, thread.within, thread.kids = load.depth, load.within + whole, load.kids + 1
        if self.packed:
            thread.records.append((load.depth, alone, whole, load._name))
        elif not load.printed:
            thread.by_name = load.outer
            row = micros(alone), micros(whole), "  " * load.depth, load._name, kids
            self.log.line("import time: %9d | %10d | %s%s via=import_module kids=%d" % row)
        self.own += now() - ended

    def counted(self, load):
        self.count += 1
        if load._name == self.client:
            self.on_client(sys.modules.get(self.client))

    def paused(self, nanos):
        """A row that stands where a load would; CPython counts its time into the row around it, and so do ours."""
        thread = self.threads.get(importlib._thread.get_ident())
        if thread is None:  # this one has not loaded anything
            return
        thread.kids += 1
        self.count += 1
        if self.packed:
            thread.records.append((thread.depth, nanos, nanos, PAUSE))
        else:
            row = micros(nanos), micros(nanos), "  " * thread.depth, PAUSE
            self.log.line("gc time: %9d | %10d | %s%s" % row)

    def pack(self, id):
        """All rows as "FROSTLINE pack" lines, thread after thread, so that each keeps its post-order."""
        records = [record for thread in list(self.threads.values()) for record in thread.records]
        names = "".join([record[3] for record in records])  # all at once, as a look at each would double the cost
        common = names.isascii() and names.isprintable() and "%" not in names and ";" not in names
        parts, size = [[]], 0
        for depth, alone, whole, name in records:
            kind = "gc/" if name is PAUSE else ""
            record = "%s%d:%d:%d:%s" % (kind, depth, -(-alone // 1000), -(-whole // 1000), name if common else name.translate(ESCAPED))
            length = len(record if common else record.encode("utf-8", "surrogateescape")) + 1
            size += length
            if size > PART_BYTES:
                parts.append([])
                size = length
            parts[-1].append(record)
        for number, part in enumerate(parts, 1):
            self.log.line("FROSTLINE pack v=1 id=%s part=%d/%d enc=text %s" % (id, number, len(parts), ";".join(part)))


def timed_lock(plain, imports):
    """The module lock, timed. _find_and_load takes it for every load; its caller tells C from import_module."""
    find, by_name = importlib._find_and_load.__code__, importlib._gcd_import.__code__
    ident, frame, modules = importlib._thread.get_ident, sys._getframe, sys.modules
    threads, packed, closed, counted = imports.threads, imports.packed, imports.closed, imports.counted
    enter, exit = plain.__enter__, plain.__exit__

    class TimedLock(plain):
        began = thread = None

        def __enter__(self):
            caller = frame(1)
            if caller.f_code is find and modules.get(self._name) is None:
                self.thread = thread = threads.get(ident()) or threads.setdefault(ident(), Thread())
                printed = not packed and (caller.f_back is None or caller.f_back.f_code is not by_name)
                if not printed or thread.depth == thread.by_name:  # others have their row by CPython and stand in none of ours
                    self.began, self.printed, self.outer = now(), printed, thread.by_name
                    self.depth, self.within, self.kids = thread.depth, thread.within, thread.kids
                    thread.within = thread.kids = 0
                    if not printed:
                        thread.by_name = thread.depth
                thread.depth += printed or packed  # CPython indents by the loads it sees: import_module is none of them
            return enter(self)

        def __exit__(self, *error):
            exit(self, *error)
            if self.began is not None:
                closed(self, now())
            elif self.thread is not None:
                self.thread.depth -= 1
            if self.thread is not None:
                counted(self)

    return TimedLock


class Pauses:
    """Garbage-collection pauses, which otherwise land on whichever module happens to be importing (gc.callbacks)."""

    def __init__(self, imports):
        self.imports, self.pid = imports, os.getpid()
        self.count = self.nanos = self.began = 0

    def __call__(self, phase, info):
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
        self.gc = importlib._gcd_import("gc")

    def start(self):
        self.gc.callbacks.append(self.pauses)
        self.imports.watch(True)
        self.imports.own += now() - STARTED

    def watch_client(self, module):
        """awslambdaric asks for its first event, or to be frozen for SnapStart, exactly when init is over."""
        for name, why in (("wait_next_invocation", "next"), ("restore_next", "restore")):
            for owner in getattr(getattr(module, "LambdaRuntimeClient", None), "__mro__", ()):
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
        # a whole second is the clock of a bash before 5.0: then only the time since this file started is known
        since_begin = self.begun % 1_000_000
        init_us = time.time_ns() // 1000 - self.begun if since_begin else micros(ended - STARTED)
        if self.pauses in self.gc.callbacks:
            self.gc.callbacks.remove(self.pauses)
        if self.packed:
            self.imports.pack(self.id)
        fields = {"v": 1, "id": self.id, "why": why, "since": "begin" if since_begin else "boot", "init_us": init_us}
        fields.update(records=self.imports.count, threads=len(self.imports.threads))
        fields.update(gc_us=micros(self.pauses.nanos), gc_n=self.pauses.count, **host_state())
        if os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST") == "$LATEST":
            fields.update(fingerprint(os.environ.get("LAMBDA_TASK_ROOT", ""), os.environ.get("_HANDLER", "")))
        fields["own_us"] = micros(self.imports.own + now() - ended)
        self.log.line("FROSTLINE end " + " ".join("%s=%s" % field for field in fields.items()))
        if self.packed:
            self.imports.watch(False)  # else lazy imports of the handler go on making rows, like CPython's own


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


def run():
    """The script, and the end line should it end before a first invocation was asked for."""
    main = vars(sys.modules["__main__"])
    for name in [name for name in main if not name.startswith("__")]:
        del main[name]  # what LAUNCH left
    init.start()
    try:
        exec(code, main)
    except BaseException:
        hide_own_frames()
        raise
    finally:
        init.ended("exit")


def hide_own_frames():
    """Nobody has caught this exception and the interpreter is about to print it: from the script's frame on."""
    shown = sys.excepthook

    def hook(kind, error, trace):
        sys.excepthook = shown
        while trace and trace.tb_frame.f_code is not code:
            trace = trace.tb_next
        try:
            shown(kind, error.with_traceback(trace), trace)
        except Exception as second:  # in a hook of the function's own: in the words of the interpreter
            sys.stderr.write("Error in sys.excepthook:\n")
            own = second.__traceback__.tb_next
            sys.__excepthook__(type(second), second.with_traceback(own), own)
            sys.stderr.write("\nOriginal exception was:\n")
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook


def prepare(arguments):
    """Reads and compiles the script and makes __main__, sys.argv and sys.path what the plain command would make them.
    Stands and returns last, so that a file cut short is never taken for a whole one."""
    global init, code
    id, begun, mode, interpreter, script, *rest = arguments
    init = Init(id, begun, mode)
    path = script if script[0] == "/" or sys.version_info < (3, 9) else os.path.join(os.getcwd(), script)
    with open(script, "rb") as source:
        code = compile(source.read(), path, "exec", dont_inherit=True)
    loader = files.SourceFileLoader("__main__", path)
    vars(sys.modules["__main__"]).update(__loader__=loader, __file__=path, __cached__=None)
    sys.argv[:] = [script, *rest]
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[:] = [interpreter, script, *rest]
    if not getattr(sys.flags, "safe_path", False):
        sys.path[0] = os.path.dirname(os.path.realpath(script))
    sys._xoptions.pop("importtime", None)  # or multiprocessing's children would print trees of their own
    return (run,)
