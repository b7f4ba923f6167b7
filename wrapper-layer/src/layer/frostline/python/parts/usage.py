"""Which modules run code after init (FROSTLINE_USAGE=1, Python 3.12 and newer). Runs within sitecustomize.py, where what it
names is.

sys.monitoring tells when a function begins, of each code object once: told, it is switched off there. What the tool costs is
then nothing, and after the last line it is taken away. An environment may be killed at any time, so it tells what it knows
behind its first, tenth and hundredth request, and where the process ends by itself.
"""
monitoring = sys.monitoring
TOLD = (1, 10, 100)  # requests behind which a line is due
LINE_CHARACTERS = 30_000
TOOL_NAME = "frostline"


def encoded(name):
    """A name without what ends one, or a line."""
    kept = [c if c.isprintable() and c not in ";% " else None for c in name]
    return "".join(k or "".join(map("%%%02X".__mod__, c.encode("utf-8", "backslashreplace"))) for k, c in zip(kept, name))


class Usage:
    """Of this process, from its first request on."""

    def __init__(self, init):
        self.imports, self.id, self.pid, self.uses = init.imports, init.id, posix.getpid(), init.uses
        self.tool, self.codes, self.told = None, [], 0
        self.asks = iter(range(TOLD[-1] + 1))  # one for each time that the client asks; the number is of requests that are over

    def watch(self):
        """The client asks for events by a function of its own: each time it begins a request is over."""
        try:
            free = [tool for tool in (3, 4) if monitoring.get_tool(tool) is None]
            if not free:
                return
            self.tool = free[0]
            monitoring.use_tool_id(self.tool, TOOL_NAME)
            seen = [id(None)] * 8
            seen[2 + self.tool] = id(monitoring.get_tool(self.tool))
            ALONE[tuple(seen)] = 1
            clients = [getattr(use.method, "__code__", None) for use in self.uses if use.name == "wait_next_invocation"]
            started = monitoring.events.PY_START
            monitoring.register_callback(self.tool, started, self.callback(clients[0] if clients else None))
            monitoring.set_events(self.tool, started)
        except Exception as fault:
            self.imports.line("FROSTLINE fault v=1 id=%s error=%s" % (self.id, type(fault).__name__))

    def callback(self, client):
        found, disable, asks, tell = self.codes.append, monitoring.DISABLE, self.asks, self.tell

        def began(code, offset):  # once a request: every attribute that it looked up would be a part of the bound
            if code is client:
                return tell() if next(asks, 0) in TOLD else None
            found(code)
            return disable

        return began

    def tell(self):
        """A line of what is known, if that is more than was told."""
        if self.tool is None or posix.getpid() != self.pid:  # a forked child is no environment
            return
        try:
            requests = TOLD[-1] - self.asks.__length_hint__()
            if requests > 0 and len(self.codes) > self.told:
                self.told = len(self.codes)
                self.lines(requests)
            if requests >= TOLD[-1]:
                monitoring.set_events(self.tool, 0)
                monitoring.register_callback(self.tool, monitoring.events.PY_START, None)
                monitoring.free_tool_id(self.tool)
                self.tool = None
        except Exception as fault:
            self.imports.line("FROSTLINE fault v=1 id=%s error=%s" % (self.id, type(fault).__name__))

    def lines(self, requests):
        parts, size = [[]], 0
        for name in self.names():
            size += len(name) + 1
            if size > LINE_CHARACTERS:
                parts.append([])
                size = len(name) + 1
            parts[-1].append(name)
        for number, part in enumerate(parts, 1):
            self.imports.line("FROSTLINE usage v=1 id=%s requests=%d part=%d/%d ran=%s" % (self.id, requests, number, len(parts), ";".join(part)))

    def names(self):
        """Modules that init loaded and that ran code, and behind a "!" those without Python code of their own."""
        ran = {code.co_filename for code in self.codes}
        later = {code.co_filename for code in self.codes if code.co_name == "<module>"}
        for name, module in list(sys.modules.items()):
            file = told_by_module(module, "__file__")
            if type(name) is not str or name == "__main__" or file in later:
                continue
            if type(file) is not str or not file.endswith(".py") or told_by_module(told_by_module(module, "__spec__"), "origin") == "frozen":
                yield "!" + encoded(name)
            elif file in ran:
                yield encoded(name)


def told_by_module(module, name):
    """An attribute that nobody is asked for: a module's own way to look one up may load others. None where there is none."""
    try:
        return object.__getattribute__(module, "__dict__").get(name)
    except Exception:
        return None
