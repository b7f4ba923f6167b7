"""What the layer costs a start, for every runtime, in one run: capture_overhead.py LAYER [--starts N] [--only WORD]...

LAYER is the unpacked layer zip. Runtimes are this Python, the java on PATH, and what
wrapper-layer/src/test/tools/fetch_runtimes fetches; libraries come from PyPI, npm and Maven Central the first time. Each
round starts the same function plainly, plainly again (the A/A control, which tells how much of a difference this machine
makes up by itself) and through the wrapper, in random order, and takes the CPU time of all its threads up to the first
/next. Printed: by how much the wrapped start exceeds the plain ones of its round, as the median of all rounds with a 95 %
interval, and by how much the fastest tenths differ, which a busy machine disturbs least. The wrapper alone is compared with
a plain exec and with a bash script that does nothing else; it has a bound of its own, so the bound of a runtime is for what
a start costs beyond it.
--parts takes Python's cost apart, in milliseconds a start and microseconds a load: starts of a script that does nothing and
of one that loads a thousand small modules are so short that a noisy machine tells fractions of a percent.
--instructions counts what Python executes with valgrind instead: without noise, but also without the kernel's part and garbage collections.
"""
import argparse
import contextlib
import http.server
import itertools
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "capture"))
import functions  # noqa: E402

WRAPPER_BOUND_MILLIS = 1.5
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8"}  # as Lambda sets it
LAMBDA = {
    "AWS_LAMBDA_FUNCTION_NAME": "order-price",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
    "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
    "_HANDLER": "app.handler",
}


class RuntimeApi(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Requests)
        self.asked = threading.Event()


class Requests(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.endswith("/invocation/next"):
            self.server.asked.set()
        threading.Event().wait(60)

    def log_message(self, *_):
        pass


def cpu_millis(pid):
    tasks = "/proc/%d/task" % pid
    return sum(int(open("%s/%s/schedstat" % (tasks, task)).read().split()[0]) for task in os.listdir(tasks)) / 1e6


@contextlib.contextmanager
def initialised(command, variables):
    """The process of a function that has asked for its first event."""
    api = RuntimeApi()
    threading.Thread(target=api.serve_forever, args=(0.05,), daemon=True).start()
    environment = {**ENVIRONMENT, "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % api.server_port, **variables}
    folder = variables.get("LAMBDA_TASK_ROOT")
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not api.asked.wait(120):
            sys.exit("the function asked for no event: " + " ".join(command))
        yield process
    finally:
        process.kill()
        process.wait()
        api.shutdown()
        api.server_close()


def init_cpu(command, variables):
    with initialised(command, variables) as process:
        return cpu_millis(process.pid)


def compare_instructions(layer):
    """Of an interpreter alone: the wrapper starts it under valgrind as its next wrapper."""
    with tempfile.TemporaryDirectory() as folder:
        counts, counter = folder + "/counts", folder + "/counter"
        functions.written(folder, "counter", '#!/bin/sh\nexec valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file=%s "$@"\n' % counts)
        os.chmod(counter, 0o755)

        def counted(command, variables):
            with initialised(command, {"PYTHONHASHSEED": "0", **variables}) as process:
                process.terminate()
                process.wait()
            with open(counts) as log:
                return int(re.search(r"Collected : (\d+)", log.read()).group(1)) / 1e6

        # under valgrind every garbage collection would take long enough for a row
        for case in functions.python(folder, "import gc\ngc.disable()\n" + functions.PYTHON):
            plain, again = (counted([counter, *case.command], case.variables) for _ in range(2))
            wrapped = counted([layer + "/bin/importtime_wrapper", *case.command], {"FROSTLINE_NEXT_WRAPPER": counter, **case.variables})
            shares = tuple(100 * (count / plain - 1) for count in (again, wrapped))
            bound = ", bound %d %%" % case.bound if case.bound else ""
            print("%s: %.1f million instructions, again %+.3f %%, wrapped %+.2f %%%s" % (case.name, plain, *shares, bound), flush=True)


def whole_run(command, variables):
    """CPU and wall milliseconds of a program until it ends."""
    began = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_WRONLY, 0) for descriptor in (1, 2)]
    pid = os.posix_spawn(command[0], command, {**ENVIRONMENT, **variables}, file_actions=silent)
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit("%s ended with %d" % (command, status))
    return (usage.ru_utime + usage.ru_stime) * 1e3, (time.perf_counter() - began) * 1e3


def in_random_order(ways, rounds, take):
    taken = {way: [] for way in ways}
    for _ in range(rounds + 1):
        for way in random.sample(list(ways), len(ways)):
            taken[way].append(take(ways[way]))
    return {way: values[1:] for way, values in taken.items()}  # the first round fills caches


def compared(values, base):
    """Median of the differences within rounds, its 95 % bootstrap interval over rounds, and that of the fastest tenths.

    Each round has a value and one or more of the base. What slows a whole round, as a busy neighbour of this machine does
    for seconds, is in both and goes. Each of the base counts by itself: noise only ever slows a start, so the mean of two
    is the slower, the more one varies, and every difference from it would come out too small.
    """
    differences = [[value - one for one in those] for value, those in zip(values, base)]

    def middle(rounds):
        return statistics.median(itertools.chain.from_iterable(rounds))

    drawn = sorted(middle(random.choices(differences, k=len(differences))) for _ in range(2000))
    everyone = sorted(itertools.chain.from_iterable(base))
    fastest = sorted(values)[len(values) // 10] - everyone[len(everyone) // 10]
    return middle(differences), drawn[50], drawn[1949], fastest


def judged(middle, low, high, bound):
    """A bound is held or missed where the whole interval is on that side."""
    if high <= bound:
        return "held"
    return "MISSED" if low > bound else "held by the median, not surely" if middle <= bound else "missed by the median, not surely"


def compare_wrapper(layer, rounds):
    with tempfile.TemporaryDirectory() as folder:
        functions.written(folder, "bare", '#!/bin/bash\nexec "$@"\n')
        os.chmod(folder + "/bare", 0o755)
        plain = ["/bin/true", "-", "-"]  # with a single argument it would look for its translations
        ways = {"exec": plain, "exec again": plain, "bash that only execs": [folder + "/bare", *plain]}
        for name in ("python3.13", "java", "node", "dotnet"):
            shutil.copy("/bin/true", os.path.join(folder, name))
            ways["wrapper, " + name] = [layer + "/bin/importtime_wrapper", os.path.join(folder, name), "/var/runtime/bootstrap.py", "-"]
        taken = in_random_order(ways, rounds, lambda command: whole_run(command, LAMBDA))
    costs = {}
    print("The wrapper over a plain exec, %d rounds, bound %.1f ms; of which bash itself is what a bash that only execs takes" % (rounds, WRAPPER_BOUND_MILLIS))
    for way in list(ways)[1:]:
        for unit, of in (("CPU ", 0), ("wall", 1)):
            mine, base = [t[of] for t in taken[way]], [[t[of]] for t in taken["exec"]]
            middle, low, high, fastest = compared(mine, base)
            judgement = judged(middle, low, high, WRAPPER_BOUND_MILLIS) if way.startswith("wrapper") else ""
            print("  %-22s %s %+6.2f ms [%+.2f, %+.2f], fastest %+.2f ms  %s" % (way, unit, middle, low, high, fastest, judgement), flush=True)
            if unit == "CPU ":
                costs[way.replace("wrapper, ", "").rstrip(".0123456789")] = middle
    return costs


def compare_parts(layer, rounds):
    with tempfile.TemporaryDirectory() as folder:
        python, nothing, modules = functions.many_modules(folder)
        wrapper = layer + "/bin/importtime_wrapper"
        ways = {
            "plain": ([python], {}),
            "again": ([python], {}),
            "-X importtime": ([python, "-X", "importtime"], {}),
            "wrapper alone": ([wrapper, python], {"FROSTLINE_ENABLED": "0"}),
            "importtime": ([wrapper, python], {}),
            "packed": ([wrapper, python], functions.QUIET),
        }
        taken = {
            script: in_random_order(ways, rounds, lambda way: whole_run([*way[0], script], {**LAMBDA, **way[1]})[0])
            for script in (nothing, modules)
        }
    print("Python %d.%d, beyond a plain start of %.1f ms, %d rounds" % (*sys.version_info[:2], statistics.median(taken[nothing]["plain"]), rounds))
    for way in list(ways)[1:]:
        fixed, loads = (compared(times[way], [[plain] for plain in times["plain"]])[:3] for times in (taken[nothing], taken[modules]))
        each = [1000 * (load - fixed[0]) / functions.MODULES for load in loads]
        print("  %-14s %+.2f ms a start [%+.2f, %+.2f], %+.2f us a load [%+.2f, %+.2f]" % (way, *fixed, *each), flush=True)


def compare(case, layer, rounds, costs):
    """Whether the bound is held by the median."""
    ways = {"plain": case.command, "again": case.command, "wrapped": [layer + "/bin/importtime_wrapper", *case.command]}
    taken = in_random_order(ways, rounds, lambda command: init_cpu(command, case.variables))
    plain = statistics.median(taken["plain"] + taken["again"])
    wrapper = costs[os.path.basename(case.command[0]).rstrip(".0123456789")]
    print("%s, %d rounds: %.1f ms" % (case.name, rounds, plain))
    both = list(zip(taken["plain"], taken["again"]))
    for way, values, base, less in (
        ("again", taken["again"], list(zip(taken["plain"])), 0),
        ("wrapped", taken["wrapped"], both, 0),
        ("beyond the wrapper", taken["wrapped"], both, wrapper),
    ):
        differences = [value - less for value in compared(values, base)]
        shares = [100 * value / plain for value in differences[:3]]
        judgement = "bound %d %%: %s" % (case.bound, judged(*shares, case.bound)) if case.bound and less else ""
        print("  %-18s %+6.1f ms [%+.1f, %+.1f], fastest %+.1f ms  %+5.2f %% [%+.2f, %+.2f]  %s" % (way, *differences, *shares, judgement), flush=True)
    return not case.bound or shares[0] <= case.bound


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("layer")
    options.add_argument("--starts", type=int, default=30)
    options.add_argument("--only", action="append", help="a word of the names that are printed; what names none measures the wrapper alone")
    options.add_argument("--all", action="store_true", help="small functions, ES modules and bundles too, which have no bound")
    options.add_argument("--parts", action="store_true", help="what a Python start and each of its loads cost, and nothing else")
    options.add_argument("--instructions", action="store_true", help="count Python's instructions with valgrind, and nothing else")
    given = options.parse_args()
    layer = os.path.abspath(given.layer)
    if given.instructions:
        return compare_instructions(layer)
    if given.parts:
        return compare_parts(layer, given.starts)
    costs = compare_wrapper(layer, 10 * given.starts)
    missed = []
    for cases in (functions.python, functions.java, functions.node, functions.dotnet):
        with tempfile.TemporaryDirectory() as folder:
            for case in cases(folder):
                asked = any(word in case.name for word in given.only) if given.only else case.bound or given.all
                if asked and not compare(case, layer, given.starts, costs):
                    missed.append(case.name)
    print("Over the bound by the median, hence nothing to be on by default: " + (", ".join(missed) or "none"))


if __name__ == "__main__":
    main()
