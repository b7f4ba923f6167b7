"""Which modules run code after init (FROSTLINE_USAGE=1, Python 3.12 and newer). Runs within sitecustomize.py, where what it
names is.

sys.monitoring tells when a function begins, of each code object once: told, it is switched off there. What the tool costs is
then nothing, and after the last line it is taken away. An environment may be killed at any time, so it tells what it knows
behind its first, tenth and hundredth request, and where the process ends by itself.
"""
monitoring = sys.monitoring
TOLD = (1, 10, 100)  # requests behind which a line is due
LINE_CHARACTERS = 30_000


def encoded(name):
    """A name without what ends one, or a line."""
    kept = [c if c.isprintable() and c not in ";% " else None for c in name]
    return "".join(k or "".join(map("%%%02X".__mod__, c.encode("utf-8", "backslashreplace"))) for k, c in zip(kept, name))


class Usage:
    """Of this process, from its first request on. The client asks for events by a function of its own: each time that begins a
    request is over."""

    def __init__(self, init, tool, client):
        self.init, self.pid, self.tool = init, posix.getpid(), tool
        self.codes, self.told = [], 0
        self.asks = iter(range(TOLD[-1] + 1))  # one for each time that the client asks; the number is of requests that are over
        next(self.asks)
        seen = [id(None)] * 8
        seen[2 + tool] = id(monitoring.get_tool(tool))
        ALONE[tuple(seen)] = 1
        returned, started = monitoring.events.PY_RETURN, monitoring.events.PY_START
        monitoring.register_callback(tool, returned, None)
        monitoring.register_callback(tool, started, self.callback(client))
        monitoring.set_events(tool, started)

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
            self.init.fault(fault)

    def lines(self, requests):
        parts, size = [[]], 0
        for name in self.names():
            size += len(name) + 1
            if size > LINE_CHARACTERS:
                parts.append([])
                size = len(name) + 1
            parts[-1].append(name)
        for number, part in enumerate(parts, 1):
            self.init.imports.line("FROSTLINE usage v=1 id=%s requests=%d part=%d/%d ran=%s" % (self.init.id, requests, number, len(parts), ";".join(part)))

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
