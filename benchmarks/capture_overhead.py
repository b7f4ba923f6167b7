"""What the layer costs a Node.js or .NET start: capture_overhead.py node|dotnet LAYER [STARTS].

LAYER is the unpacked layer zip; the runtimes are those that wrapper-layer/src/test/tools/fetch_runtimes fetches. Each round
starts the same function plainly, plainly again (the A/A control) and through the wrapper, in random order, and takes the
CPU time of all threads up to the first /next. Prints the median of the paired differences with its 95 % interval, and the
difference of the fastest tenths, which a busy machine disturbs least.
"""
import http.server
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading

RUNTIMES = os.environ.get("FROSTLINE_TEST_RUNTIMES", os.path.expanduser("~/.cache/frostline-tests"))
SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../wrapper-layer/src/test/resources")
PACKAGES = ["express@4", "@aws-sdk/client-s3@3", "@aws-sdk/lib-dynamodb@3"]
CJS = "require('express'); const { S3Client } = require('@aws-sdk/client-s3'); require('@aws-sdk/lib-dynamodb');\nnew S3Client({ region: 'eu-west-1' });\nexports.handler = async () => 1;\n"
ESM = "import 'express'; import { S3Client } from '@aws-sdk/client-s3'; import '@aws-sdk/lib-dynamodb';\nnew S3Client({ region: 'eu-west-1' });\nexport const handler = async () => 1;\n"


class RuntimeApi(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Requests)
        self.asked = threading.Event()


class Requests(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.set()
        threading.Event().wait(60)

    def log_message(self, *_):
        pass


def cpu_millis(pid):
    tasks = f"/proc/{pid}/task"
    return sum(int(open(f"{tasks}/{task}/schedstat").read().split()[0]) for task in os.listdir(tasks)) / 1e6


def start(command, environment):
    api = RuntimeApi()
    threading.Thread(target=api.serve_forever, args=(0.05,), daemon=True).start()
    environment = {"PATH": "/usr/bin:/bin", "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % api.server_port, **environment}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not api.asked.wait(60):
            sys.exit("the function asked for no event")
        return cpu_millis(process.pid)
    finally:
        process.kill()
        process.wait()
        api.shutdown()
        api.server_close()


def node_functions(folder, versions=("22", "24"), handlers=("small", "cjs", "esm", "bundle")):
    modules = os.path.join(RUNTIMES, "benchmark-modules")
    if not os.path.isdir(modules):
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", modules, *PACKAGES], check=True)
    os.symlink(os.path.join(modules, "node_modules"), os.path.join(folder, "node_modules"))
    for name, text in (("cjs.js", CJS), ("esm.mjs", ESM), ("small.js", "exports.handler = async () => 1;\n")):
        with open(os.path.join(folder, name), "w") as function:
            function.write(text)
    subprocess.run([RUNTIMES + "/esbuild/node_modules/.bin/esbuild", folder + "/cjs.js", "--bundle", "--platform=node", "--log-level=error", "--outfile=" + folder + "/bundle.js"], check=True)
    client = RUNTIMES + "/aws-lambda-ric/node_modules/aws-lambda-ric/index.mjs"
    for version in versions:
        for handler in handlers:
            variables = {"_HANDLER": handler + ".handler", "LAMBDA_TASK_ROOT": folder, "AWS_LAMBDA_FUNCTION_VERSION": "7"}
            yield f"Node {version} {handler}", [f"{RUNTIMES}/node-{version}/bin/node", client], variables


def dotnet_functions(folder):
    core = RUNTIMES + "/dotnet-3.1/dotnetcore2/bin"
    shared = core + "/shared/Microsoft.NETCore.App/3.1.23/System.%s.dll"
    libraries = ["Private.CoreLib", "Runtime", "Net.Http", "Console", "Private.Uri", "Net.Primitives", "Collections"]
    references = ["-r:" + shared % library for library in libraries]
    subprocess.run(["mcs", "-nostdlib", "-noconfig", *references, "-out:" + folder + "/App.dll", SOURCES + "/dotnet/App.cs"], check=True)
    with open(folder + "/config.json", "w") as config:
        config.write('{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"3.1.23"},"configProperties":{"System.Globalization.Invariant":true}}}')
    yield ".NET Core 3.1", [core + "/dotnet", "exec", "--runtimeconfig", folder + "/config.json", folder + "/App.dll"], {"FROSTLINE_DOTNET": "1"}


def interval(differences):
    medians = sorted(statistics.median(random.choices(differences, k=len(differences))) for _ in range(2000))
    return medians[50], medians[1949]


def tenth(times):
    return sorted(times)[len(times) // 10]


def compare(name, command, variables, layer, starts):
    wrapper = os.path.join(os.path.abspath(layer), "bin/importtime_wrapper")
    ways = {"plain": command, "again": command, "wrapped": [wrapper, *command]}
    taken = {way: [] for way in ways}
    for _ in range(starts + 1):
        for way in random.sample(list(ways), len(ways)):
            taken[way].append(start(ways[way], variables))
    plain = taken["plain"][1:]  # the first round fills caches
    cells = ["%-14s %7.1f ms" % (name, statistics.median(plain))]
    for way in ("again", "wrapped"):
        differences = [b - a for a, b in zip(plain, taken[way][1:])]
        low, high = interval(differences)
        middle = statistics.median(differences)
        share = 100 * middle / statistics.median(plain)
        fastest = tenth(taken[way][1:]) - tenth(plain)
        cells.append("%s %+6.1f ms [%+.1f, %+.1f] %+5.1f %%, fastest %+.1f ms" % (way, middle, low, high, share, fastest))
    print(" | ".join(cells), flush=True)


def main(runtime, layer, starts="30"):
    functions = {"node": node_functions, "dotnet": dotnet_functions}[runtime]
    with tempfile.TemporaryDirectory() as folder:
        for name, command, variables in functions(folder):
            compare(name, command, variables, layer, int(starts))


if __name__ == "__main__":
    main(*sys.argv[1:])
