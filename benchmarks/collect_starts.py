"""Starts real interpreters under -X importtime and writes their imports: raw material for the replays of the evaluation.

    python3 collect_starts.py OUT_DIR STARTS NAME=module,module [NAME=module,module ...]

Host states come in random order with a fixed seed: 72 % warm page cache, 20 % cold (every file the program maps is dropped
from the cache), 8 % disturbed (two busy loops beside it). Where the system allows, undisturbed starts run at real-time
priority, so that other work on this machine is no part of them; each is followed by a pause as long as itself. The programs
take turns. One gzipped CSV per program: start, state, init_ms, seq, depth, self_us, name, major_faults,
involuntary_switches. The order of starts is the order of time.
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
COLUMNS = ["start", "state", "init_ms", "seq", "depth", "self_us", "name", "major_faults", "involuntary_switches"]


class Program:
    def __init__(self, out, name, modules):
        self.code = "\n".join("import " + module for module in modules)
        self.files = mapped_files(self.code)
        self.state_of = random.Random(name)
        self.file = gzip.open(os.path.join(out, name + ".csv.gz"), "wt", newline="")
        self.rows = csv.writer(self.file)
        self.rows.writerow(COLUMNS)

    def start(self, number):
        state = self.state_of.choices(["warm", "cold", "disturbed"], [72, 20, 8])[0]
        if state == "cold":
            drop_from_cache(self.files)
        busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 if state == "disturbed" else 0)]
        init_ms, usage, lines = timed(self.code, alone=state != "disturbed")
        for process in busy:
            process.kill()
            process.wait()
        for seq, (self_us, indent, module) in enumerate(lines):
            self.rows.writerow(
                [number, state, f"{init_ms:.3f}", seq, len(indent) // 2, self_us, module, usage.ru_majflt, usage.ru_nivcsw]
            )
        time.sleep(init_ms / 1000)


def mapped_files(code):
    listed = subprocess.run([sys.executable, "-c", code + "\n" + FILES], capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.split("\n") if os.path.exists(path)]


def drop_from_cache(paths):
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def to_real_time():
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except OSError:
        pass


def timed(code, alone):
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-c", code],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=to_real_time if alone else None,
    )
    printed = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    init_ms = (time.monotonic() - begun) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{code!r} ended with {process.returncode}: {printed[-500:]}")
    return init_ms, usage, [LINE.match(line).groups() for line in printed.split("\n") if LINE.match(line)]


def main():
    out, count = sys.argv[1], int(sys.argv[2])
    os.makedirs(out, exist_ok=True)
    programs = []
    for program in sys.argv[3:]:
        name, modules = program.split("=")
        programs.append(Program(out, name, modules.split(",")))
    for number in range(count):
        for program in programs:
            program.start(number)
    for program in programs:
        program.file.close()


main()
