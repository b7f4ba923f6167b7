#!/usr/bin/env python3
"""Counts with valgrind what FROSTLINE_USAGE=1 adds to a start and to a request: "usage_overhead.py LAYER PYTHON...", LAYER unpacked.

A request between the 12th and the 92nd, when every function has been seen and no line is written; garbage collections are off,
as they fall into another request each time. Init is over when the client waits for its first event. Prints instructions of both, and
what usage adds to them.
"""
import os
import re
import subprocess
import sys
import tempfile

FILES = {
    "awslambdaric/__init__.py": "",
    "awslambdaric/lambda_runtime_client.py": """
import os
class LambdaRuntimeClient:
    requests = 1
    def wait_next_invocation(self):
        return {} if self.requests else os._exit(0)
""",
    "app.py": """
import decimal
import json

TEXT = json.dumps({"lines": [{"article": "tea %d" % i, "count": i, "price": "3.20"} for i in range(34)]})


def handler(event):
    order = json.loads(TEXT)
    total = decimal.Decimal(0)
    for line in order["lines"]:
        total += decimal.Decimal(line["price"]) * line["count"]
    return json.dumps({"total": str(total), "lines": sorted(order["lines"], key=lambda line: line["article"])})
""",
    "start.py": """
import gc
gc.disable()
import importlib, sys
client = importlib.import_module("awslambdaric.lambda_runtime_client").LambdaRuntimeClient()
handler = importlib.import_module("app").handler
type(client).requests = int(sys.argv[1])
for _ in range(int(sys.argv[1]) + 1):
    handler(client.wait_next_invocation())
""",
    "counter": '#!/bin/sh\nexec valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$COUNTS" "$@"\n',
}
REQUESTS = (12, 92)


def counted(layer, python, folder, requests, usage):
    counts = folder + "/counts"
    variables = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "COUNTS": counts, "_HANDLER": "app.handler"}
    variables.update(FROSTLINE_USAGE=usage, FROSTLINE_NEXT_WRAPPER=folder + "/counter")
    command = [layer + "/bin/importtime_wrapper", python, "start.py", str(requests)]
    subprocess.run(command, env=variables, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    with open(counts) as log:
        return int(re.search(r"Collected : (\d+)", log.read()).group(1))


def an_init(layer, python, folder, usage):
    counted(layer, python, folder, 1, usage)  # writes the .pyc files
    return counted(layer, python, folder, 0, usage)


def a_request(layer, python, folder, usage):
    few, many = (counted(layer, python, folder, requests, usage) for requests in REQUESTS)
    return (many - few) / (REQUESTS[1] - REQUESTS[0])


def main():
    layer, pythons = os.path.abspath(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        os.chmod(folder + "/counter", 0o755)
        for python in pythons:
            plain, watched = (an_init(layer, python, folder, usage) for usage in "01")
            print("%s: %d instructions of init, usage %+d (%+.2f %%)" % (python, plain, watched - plain, 100 * (watched - plain) / plain))
            plain, watched = (a_request(layer, python, folder, usage) for usage in "01")
            added = watched - plain
            print("%s: %d instructions a request, usage %+d (%+.2f %%), bound 0.5 %%" % (python, plain, added, 100 * added / plain))


if __name__ == "__main__":
    main()
