"""Garbage-collection pauses, which otherwise land on whichever module happens to be importing. Runs within
sitecustomize.py, where what it names is."""
gc = builtin("gc")
PAUSE_NANOS = 2_000_000  # a row for each longer pause: verdicts overlook less; the shorter ones are in gc_us alone
PAUSE = "(garbage collection)"


class Pauses:
    """Of this process, by gc.callbacks."""

    def __init__(self, imports):
        self.imports, self.pid = imports, posix.getpid()
        self.count = self.nanos = self.began = 0

    def watch(self):
        self.callback = Unseen.of({}.get, self.collecting)
        gc.callbacks.append(self.callback)

    def collecting(self, phase, info):
        if phase == "start":
            self.began = now()
            return
        nanos = now() - self.began
        self.count += 1
        self.nanos += nanos
        if nanos >= PAUSE_NANOS and posix.getpid() == self.pid:  # not in a forked child
            self.paused(nanos)

    def paused(self, nanos):
        """A row that stands where a load would; CPython counts its time into the row around it, and so do ours."""
        imports, thread = self.imports, importlib._thread.get_ident()
        depth = 0 if imports.packed else imports.printed_depth()
        if thread not in imports.innermost and depth == 0:  # this one is loading nothing
            return
        load = imports.innermost.get(thread)
        if load:
            load.kids += 1
        if imports.packed:
            imports.record(thread, load.depth + 1 if load else 0, nanos, nanos, PAUSE)
        else:
            imports.line("gc time: %9d | %10d | %s%s" % (micros(nanos), micros(nanos), "  " * depth, PAUSE))

    def ended(self):
        """What the end line says of them."""
        gc.callbacks[:] = (callback for callback in gc.callbacks if callback is not self.callback)
        return {"gc_us": micros(self.nanos), "gc_n": self.count}
