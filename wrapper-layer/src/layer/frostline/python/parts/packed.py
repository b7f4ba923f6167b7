"""Packed mode, for a function whose log drops raw lines: all loads in JSON events of the lowest level that is kept. Runs
within sitecustomize.py, where what it names is."""
strftime, gmtime = time.strftime, time.gmtime
PART_BYTES = 30_000  # the platform's line reader may cut raw lines above 32 KB


def escaped(name):
    """A name without what ends a record or a line, percent-encoded."""
    if name.isprintable() and ";" not in name and "%" not in name:
        return name
    kept = [c if c.isprintable() and c not in ";%" else None for c in name]
    return "".join(k or "".join(map("%%%02X".__mod__, c.encode("utf-8", "backslashreplace"))) for k, c in zip(kept, name))


class PackedImports(Imports):
    """All loads of modules, as records that the end of init writes."""

    packed = True

    def __init__(self):
        super().__init__()
        self.records = {}  # of each thread: depth, nanoseconds without and with what it loaded, name

    def line(self, text):
        at = strftime("%Y-%m-%dT%H:%M:%SZ", gmtime())
        text = text.replace("\\", "\\\\").replace('"', '\\"')
        super().line('{"timestamp":"%s","level":"%s","message":"%s"}' % (at, os.environ.get("AWS_LAMBDA_LOG_LEVEL", "WARN"), text))

    def watch(self):
        super().watch()
        if self.plain_lock:
            self.lock = self.timed_lock

    def opened(self, load):
        outer = load.outer = self.outer(load)
        load.depth = outer.depth + 1 if outer else 0
        self.innermost[load.thread] = load

    def row(self, load, alone, whole):
        self.record(load.thread, load.depth, alone, whole, load.name)

    def record(self, thread, *record):
        (self.records.get(thread) or self.records.setdefault(thread, [])).append(record)

    def ended(self, id):
        if self.plain_lock:
            importlib._ModuleLockManager = importlib._frostline_lock = self.plain_lock
        # thread after thread, so that each keeps its post-order
        records = [record for thread in list(self.records.values()) for record in thread]
        self.pack(id, records)
        return {"records": len(records), "threads": len(self.records)}

    def pack(self, id, records):
        names = "".join([record[3] for record in records])  # all at once, as a look at each would double the cost
        common = names.isascii() and names.isprintable() and "%" not in names and ";" not in names
        parts, size = [[]], 0
        for depth, alone, whole, name in records:
            kind = "gc/" if name is PAUSE else ""
            record = "%s%d:%d:%d:%s" % (kind, depth, -(-alone // 1000), -(-whole // 1000), name if common else escaped(name))
            length = len(record if common else record.encode()) + 1
            size += length
            if size > PART_BYTES:
                parts.append([])
                size = length
            parts[-1].append(record)
        for number, part in enumerate(parts, 1):
            self.line("FROSTLINE pack v=1 id=%s part=%d/%d enc=text %s" % (id, number, len(parts), ";".join(part)))
