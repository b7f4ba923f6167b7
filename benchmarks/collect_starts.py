"""Starts real interpreters under -X importtime and writes their imports: raw material for the replays of the evaluation.

    python3 collect_starts.py OUT_DIR STARTS NAME=module,module [NAME=module,module ...]

Host states come in random order with a fixed seed: 72 % warm page cache, 20 % cold (every file the program maps is dropped
from the cache), 8 % disturbed (two busy loops beside it). One gzipped CSV per program: start, state, init_ms, seq, depth,
self_us, name. The order of starts is the order of time.
"""
import csv
import gzip
import os
import random
import re
import subprocess
import sys
import time

LINE = re.compile(r"import time:\s+(-?\d+) \|\s+-?\d+ \| ( *)(\S+)")
FILES = "import sys;print('\\n'.join(f for m in list(sys.modules.values()) for f in (getattr(m,'__file__',None),getattr(m,'__cached__',None)) if f))"


def mapped_files(code):
    listed = subprocess.run([sys.executable, "-c", code + "\n" + FILES], capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.split("\n") if os.path.exists(path)]


def drop_from_cache(paths):
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def start(code):
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True)
    init_ms = (time.monotonic() - begun) * 1000
    return init_ms, [LINE.match(line).groups() for line in done.stderr.split("\n") if LINE.match(line)]


def collect(out, name, modules, count):
    code = "\n".join("import " + module for module in modules)
    files = mapped_files(code)
    state_of = random.Random(name)
    with gzip.open(os.path.join(out, name + ".csv.gz"), "wt", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["start", "state", "init_ms", "seq", "depth", "self_us", "name"])
        for number in range(count):
            state = state_of.choices(["warm", "cold", "disturbed"], [72, 20, 8])[0]
            if state == "cold":
                drop_from_cache(files)
            busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 if state == "disturbed" else 0)]
            init_ms, lines = start(code)
            for process in busy:
                process.kill()
                process.wait()
            for seq, (self_us, indent, module) in enumerate(lines):
                rows.writerow([number, state, f"{init_ms:.3f}", seq, len(indent) // 2, self_us, module])


def main():
    out, count = sys.argv[1], int(sys.argv[2])
    os.makedirs(out, exist_ok=True)
    for program in sys.argv[3:]:
        name, modules = program.split("=")
        collect(out, name, modules.split(","), count)


main()
