"""Logs what -X importtime cannot: modules loaded through importlib.import_module (a function's handler is one), where
init ended, and what the host did meanwhile. The lines are in this module's README.

The wrapper starts "python -X importtime -X frostline=ID:T:MODE ..." with this folder first on PYTHONPATH, or somebody has
set that and PYTHONPROFILEIMPORTTIME by hand: so site loads this file before the function. It takes all that away again
and loads the sitecustomize that the function may have of its own. Two rules keep the function as it was: nothing of ours
is loaded by an import statement, so no row of ours is printed, and none of our frames stands in a traceback or is shown to
a tracer: what is timed is the lock that importlib holds around a load, a lock's frames end before an exception passes it,
and where somebody traces the plain lock is taken.

Reading it is a good part of what it costs: what not every start needs is in parts.
"""
import sys

importlib, files = sys.modules["_frozen_importlib"], sys.modules["_frozen_importlib_external"]
os, posix = sys.modules["os"], sys.modules["posix"]  # what is asked once the function runs is asked of the second: it may change the first


def builtin(name):
    """A module that CPython has built in. The function does not find it among its own for that; only atexit would lose our
    function with it, before 3.10."""
    there = name in sys.modules or name == "atexit" and sys.version_info < (3, 10)
    module = importlib._gcd_import(name)
    if not there:
        del sys.modules[name]
    return module


atexit, time = map(builtin, ("atexit", "time"))
now, epoch, cpu = time.perf_counter_ns, time.time_ns, time.process_time_ns
STARTED = now()
PARTS = os.path.dirname(__file__) + "/parts/"


def read(path):
    file = posix.open(path, posix.O_RDONLY)
    try:
        return posix.read(file, 1 << 16)
    finally:
        posix.close(file)


def part(name):
    """Runs a file of parts as if it stood here. It is read so that no import function is asked: the function may have its own."""
    try:
        compiled = read("%s__pycache__/%s.%s.pyc" % (PARTS, name, sys.implementation.cache_tag))
        code = files.marshal.loads(compiled[16:]) if compiled.startswith(files.MAGIC_NUMBER) else None
    except OSError:
        code = None
    exec(code or compile(read("%s%s.py" % (PARTS, name)), name, "exec"), globals())


def micros(nanos):
    """Microseconds, rounded up as CPython rounds its own rows."""
    return -(-nanos // 1000)


def shown(name):
    """A module's name as a row has it: on one line, as Python would write it where it has characters that break one."""
    return name if name.isprintable() else repr(name)[1:-1]


class Never:
    """Equal to nothing, and asks nobody: so iter(function, NEVER) gives what a function returns for ever."""

    __eq__ = ().__contains__


def nobody():
    """Endlessly, 1 if nobody traces or profiles this thread or monitors this interpreter, else 0; told without running Python."""
    seen, tool = [iter(sys.gettrace, NEVER), iter(sys.getprofile, NEVER)], getattr(getattr(sys, "monitoring", None), "get_tool", None)
    seen += [map(tool, iter(number.__int__, NEVER)) for number in range(6) if tool]
    ALONE[(id(None),) * len(seen)] = 1
    return map(ALONE.get, zip(*(map(id, one) for one in seen)), ZEROS)


NEVER = Never()
ALONE = {}  # what there is to see where nobody but us looks
ZEROS = iter((0).__int__, NEVER)
NOBODY = nobody()


class Unseen(map):
    """A callable without a frame: a call is one of what it yields next."""

    __call__ = property(next)

    @classmethod
    def of(cls, seen, unseen):
        """Calls the second function, or the first one where somebody would see the second."""
        return cls((seen, unseen).__getitem__, NOBODY)


class Imports:
    """Loads of modules by name, and what stands directly in one, seen through the lock that importlib holds around each.
    on_client is called once awslambdaric's client is there."""

    client = "awslambdaric.lambda_runtime_client"
    packed = False

    def __init__(self):
        self.own, self.on_client = 0, None
        self.innermost = {importlib._thread.get_ident(): None}  # of each thread the load it is in, of those that are timed
        self.by_name, self.inside = set(), set()
        self.lock = self.plain_lock = getattr(importlib, "_ModuleLockManager", None)
        self.stderr = self.descriptor()

    def descriptor(self):
        try:
            return posix.fstat(2)[:3]
        except OSError:
            return None

    def line(self, text):
        try:
            at = self.descriptor()
            if at == self.stderr or at and at[0] >> 12 != 0o10:  # not into a file that the function has opened in its place
                posix.write(2, (text + "\n").encode("utf-8", "backslashreplace"))
        except OSError:
            pass  # stderr is closed or full: no line, and nothing the function could notice

    def watch(self):
        """An import statement finds the lock's class where it always does. A load by name goes through twins of _gcd_import
        and _find_and_load that find another: so in importtime mode most statements run as if nobody watched."""
        if not self.plain_lock:  # it is there in CPython 3.8 to 3.15; without it there are no rows of ours
            return
        self.timed_lock, importlib._frostline_lock = (Unseen.of(self.plain_lock, lock) for lock in module_locks(self.plain_lock, self))
        importlib._frostline_find = twin(importlib._find_and_load, "_ModuleLockManager", "_frostline_lock")
        importlib._gcd_import = twin(importlib._gcd_import, "_find_and_load", "_frostline_find")

    def opened(self, load):
        load.outer, self.innermost[load.thread] = self.outer(load), load
        if not load.printed:
            self.by_name.add(load)
        self.moved(load.thread)

    def outer(self, load):
        """The load around one, of those that are not over."""
        outer = self.innermost.get(load.thread)
        while outer and not outer.lock():
            self.by_name.discard(outer)
            outer = outer.outer
        return outer

    def closed(self, load, ended):
        inner = self.innermost[load.thread]
        while inner and inner is not load:
            self.by_name.discard(inner)
            inner = inner.outer
        whole = ended - load.began
        outer = self.innermost[load.thread] = load.outer
        if outer:
            outer.within += whole
            outer.kids += 1
        self.row(load, whole - load.within, whole)
        self.own += now() - ended

    def row(self, load, alone, whole):
        self.moved(load.thread)
        if not load.printed:
            row = micros(alone), micros(whole), "  " * self.printed_depth(), shown(load.name), load.kids
            self.by_name.discard(load)
            self.line("import time: %9d | %10d | %s%s via=import_module kids=%d" % row)

    def moved(self, thread):
        """A statement is seen only where it stands directly in a load by name, for that one's own time."""
        load = self.innermost[thread]
        if load and not load.printed:
            self.inside.add(thread)
        else:
            self.inside.discard(thread)
        importlib._ModuleLockManager = self.timed_lock if self.inside else self.plain_lock

    def printed_depth(self):
        """How far CPython would indent a row here: by the loads in progress, each of which holds a lock, that are import
        statements'. A walk up the frames would tell it too, at a microsecond or two for each of them."""
        return len(getattr(importlib, "_module_locks", ())) - len(self.by_name)

    def ended(self, id):
        """What the end line says of the rows. Lazy imports of the handler go on making some, like CPython's own."""
        return {}


def twin(function, name, other):
    """The same function, line for line in a traceback, that looks up another name."""
    code, renamed = function.__code__, {name: other}
    code = code.replace(co_names=tuple(map(renamed.get, code.co_names, code.co_names)))
    same = type(function)(code, vars(importlib), None, function.__defaults__)
    same.__kwdefaults__ = function.__kwdefaults__
    return same


def module_locks(plain, imports):
    """What stands for the class of importlib's module lock, which _find_and_load takes for every load: one for import
    statements, one for loads by name. They give the plain lock where a load needs no row of ours, else one that times it."""
    ident, modules = importlib._thread.get_ident, sys.modules
    packed, inside, client, opened, closed = imports.packed, imports.inside, imports.client, imports.opened, imports.closed
    enter, exit, method, weak = plain.__enter__, plain.__exit__, type(imports.opened), sys.modules["_weakref"].ref

    class TimedLock(map):
        """Lets go of its exit with the first look at it, so that nothing but who looked keeps this alive."""

        __exit__ = property(next)

        def __new__(cls, name, printed):
            exits = []
            self = map.__new__(cls, exits.pop, ZEROS)
            exits.append(Unseen.of(method(exit, self), self.left))
            self._name, self.load = name, Load(weak(self), name, ident(), printed)
            return self

        def __init__(self, name, printed):
            pass

        def __enter__(self):
            self.load.began = now()
            entered = enter(self)
            opened(self.load)
            return entered

        def left(self, *error):
            exit(self, *error)
            closed(self.load, now())

    def lock(name):
        if modules.get(name) is None and (packed or ident() in inside):
            return TimedLock(name, not packed)
        return plain(name)

    def lock_by_name(name):
        if modules.get(name) is not None:
            return plain(name)
        if imports.on_client and client in modules:
            imports.on_client(modules[client])
        return TimedLock(name, False)

    return lock, lock_by_name


class Load:
    """One that is timed. Its lock is gone where it was left while somebody traced."""

    def __init__(self, lock, name, thread, printed):
        self.lock, self.name, self.thread, self.printed, self.within, self.kids = lock, str.__str__(name), thread, printed, 0, 0


class FirstUse(property):
    """Stands in a class for a method until an instance is first asked for it; then the method is back and init over. While
    somebody traces it only keeps the time of that."""

    def __init__(self, owner, name, init, why):
        self.owner, self.name, self.method, self.init, self.why, self.seen = owner, name, vars(owner)[name], init, why, []
        super().__init__(Unseen({None: self.method.__get__}.get, map(self.seen.append, iter(now, NEVER))))

    def asked(self, instance, owner=None):
        if instance is not None:
            setattr(self.owner, self.name, self.method)
            self.init.ended(self.why, *self.seen[:1])
        return self.method.__get__(instance, owner)

    __get__ = Unseen.of(property.__get__, asked)

    def __set__(self, instance, value):
        vars(instance)[self.name] = value
        setattr(self.owner, self.name, self.method)


class Init:
    """The init of this process, from the wrapper's begin line to the end line."""

    def __init__(self, id, begun_micros, mode):
        self.id, self.begun = id, int(begun_micros)
        self.pid, self.over, self.uses = posix.getpid(), False, []
        if mode == "packed":
            part("packed")
        self.imports = PackedImports() if mode == "packed" else Imports()
        self.imports.on_client = self.watch_client
        self.pauses = None
        if mode == "packed" or os.environ.get("FROSTLINE_PYTHON_GC") == "1":
            part("pauses")
            self.pauses = Pauses(self.imports)
        self.usage, self.asks_usage = None, os.environ.get("FROSTLINE_USAGE") == "1" and hasattr(sys, "monitoring")
        self.imports.own = now() - STARTED

    def start(self):
        if self.pauses:
            self.pauses.watch()
        atexit.register(Unseen.of(int, self.exited))  # for a start that ends before it asks for a first invocation
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
                    self.uses.append(FirstUse(owner, name, self, why))
                    setattr(owner, name, self.uses[-1])
                    break

    def exited(self):
        seen = [(use.why, *use.seen[:1]) for use in self.uses if use.seen]
        self.ended(*(seen or [("exit",)])[0])
        if self.usage:
            self.usage.tell()

    def ended(self, why, at=None):
        if self.over or posix.getpid() != self.pid:  # a forked child is no init
            return
        self.over = True
        try:
            self.report(why, at or now())
            if self.asks_usage and why == "next":
                self.await_event()
        except Exception as fault:
            self.fault(fault)

    def await_event(self):
        """Usage is watched once the client's call returns with the first event: init pays for no more than to hear of that.
        Not where an audit hook would hear of it too: with one, this complains, and the hook hears nothing."""
        try:
            sys.audit(None)
        except TypeError:
            return

        def began(client, offset, event):
            monitoring.set_local_events(tool, client, 0)
            try:
                part("usage")
                self.usage = Usage(self, tool, client)
            except Exception as fault:
                monitoring.free_tool_id(tool)
                self.fault(fault)

        monitoring, returned = sys.monitoring, sys.monitoring.events.PY_RETURN
        tool = 4 if monitoring.get_tool(3) else 3
        if not monitoring.get_tool(tool):
            monitoring.use_tool_id(tool, "frostline")
            monitoring.register_callback(tool, returned, began)
            monitoring.set_local_events(tool, self.uses[0].method.__code__, returned)

    def fault(self, fault):
        self.imports.line("FROSTLINE fault v=1 id=%s error=%s" % (self.id, type(fault).__name__))

    def report(self, why, ended):
        # a whole second is the clock of a bash before 5.0, 0 no wrapper: then only the time since this file started is known
        since_begin = self.begun % 1_000_000
        init_us = (epoch() - now() + ended) // 1000 - self.begun if since_begin else micros(ended - STARTED)
        fields = {"v": 1, "id": self.id, "why": why, "since": "begin" if since_begin else "boot", "init_us": init_us}
        fields.update(host_state())
        if self.pauses:
            fields.update(self.pauses.ended())
        fields.update(self.imports.ended(self.id))
        if os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST") == "$LATEST":
            fields.update(fingerprint(os.environ.get("LAMBDA_TASK_ROOT", ""), os.environ.get("_HANDLER", "")))
        fields["own_us"] = micros(self.imports.own + now() - ended)
        self.imports.line("FROSTLINE end " + " ".join(map("%s=%s".__mod__, fields.items())))


def host_state():
    """What getrusage would tell; its module is a library that the function may not need. Context switches are the main
    thread's; the sum of CPU times is exact, user and system to 10 ms."""
    try:
        stat, status, io = map(read, ("/proc/self/stat", "/proc/self/status", "/proc/self/io"))
        nvcsw, nivcsw = (int(text.split()[0]) for text in status.split(b"voluntary_ctxt_switches:")[1:])
        stime_us = round(posix.times()[1] * 1e6)
        state = {"majflt": int(stat.rpartition(b")")[2].split()[9]), "inblock": int(io.split()[9]) // 512, "nvcsw": nvcsw, "nivcsw": nivcsw}
        state.update(utime_us=micros(cpu()) - stime_us, stime_us=stime_us)
        return state
    except (OSError, ValueError, IndexError):  # no Linux, or one that tells it otherwise
        return {}


def fingerprint(root, handler):
    """A number for the code of $LATEST, from the handler's file and the top of the task root; at most 300 files looked
    at, never a walk, as Lambda loads its code volume lazily. Directories count by name (dist-info carries versions)."""
    try:
        top, seen = {}, []
        for entry in posix.scandir(root):
            top[entry.name] = entry
        top.pop("__pycache__", None)
        for name in sorted(top)[:300]:
            seen.append(name if top[name].is_dir() else (name, top[name].stat().st_size, int(top[name].stat().st_mtime)))
        try:
            code = posix.stat(root.rstrip("/") + "/" + handler.rpartition(".")[0].replace(".", "/") + ".py")
            seen.append((code.st_size, int(code.st_mtime)))
        except OSError:
            pass  # it is loaded from somewhere else
    except OSError:
        return {}
    return {"fp": "%016x" % (int.from_bytes(repr(seen).encode("utf-8", "surrogateescape"), "big") % (2**61 - 1))}


def begun():
    """The init that this start is, or None where it is another Python on the way to the function's own. Takes away what
    brought this file here, so that neither the function nor its children find a trace of it."""
    folder = os.path.dirname(__file__)
    if folder in sys.path:
        sys.path.remove(folder)
    sys.path_importer_cache.pop(folder, None)
    del sys.modules[__name__]
    by_wrapper = sys._xoptions.pop("frostline", None)
    id, chained, pid = os.environ.get("FROSTLINE_ID", "").partition(":")  # of a wrapper that had another one after it
    if chained and not by_wrapper and any("frostline=" + id in word for word in sys.argv):
        return None  # it is to run the function's command
    by_hand = not by_wrapper and "_HANDLER" in os.environ and os.environ.pop("PYTHONPROFILEIMPORTTIME", None)
    if not by_wrapper and not by_hand and not chained:
        return None
    path = [entry for entry in os.environ.pop("PYTHONPATH", "").split(":") if os.path.normpath(entry) != folder]
    if path:
        os.environ["PYTHONPATH"] = ":".join(path)
    if chained:
        del os.environ["FROSTLINE_ID"]
    if by_hand:
        part("by_hand")
        return begun_by_hand()
    if not by_wrapper:
        if pid == str(os.getpid()):
            Imports().line("FROSTLINE fault v=1 id=%s error=CommandDropped" % id)
        return None
    timed = sys._xoptions.pop("importtime", None)  # or multiprocessing's children would print trees of their own
    if hasattr(sys, "orig_argv"):
        at = sys.orig_argv.index("frostline=" + by_wrapper)
        del sys.orig_argv[at - (3 if timed else 1) : at + 1]
    return Init(*by_wrapper.split(":"))


init, load = None, importlib._gcd_import
try:
    init = begun()
    if init:
        init.start()
except Exception as fault:
    Imports().line("FROSTLINE fault v=1 error=" + type(fault).__name__)
try:
    load(__name__)  # the function's own; where there is none, site expects this to fail
finally:
    if init and init.imports.lock:
        importlib._ModuleLockManager = init.imports.lock
