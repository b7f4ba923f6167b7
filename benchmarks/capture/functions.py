"""What capture_overhead.py starts: functions of every runtime behind AWS's own clients, prepared below a work folder."""
import os
import subprocess
import sys
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
RESOURCES = os.path.join(HERE, "../../wrapper-layer/src/test/resources")
RUNTIMES = os.environ.get("FROSTLINE_TEST_RUNTIMES", os.path.expanduser("~/.cache/frostline-tests"))
NPM = ["express@4", "@aws-sdk/client-s3@3", "@aws-sdk/lib-dynamodb@3"]
PYPI = ["awslambdaric", "boto3"]
PYTHON = "import boto3\ns3 = boto3.client('s3', region_name='eu-west-1')\ndef handler(event, context):\n    return 1\n"
CJS = "require('express'); const { S3Client } = require('@aws-sdk/client-s3'); require('@aws-sdk/lib-dynamodb');\nnew S3Client({ region: 'eu-west-1' });\nexports.handler = async () => 1;\n"
# CPython 3.11 and later keep frames in chunks of 16 KB and map the next one anew for every call that crosses into it: 5
# to 6,000 times in one start, by where the stack happens to stand. Above this frame all of them fit into one chunk.
ROOMY = "def roomy():\n    exec(open(path).read(), globals())\npath = %r\nroomy.__code__ = roomy.__code__.replace(co_stacksize=33_000)\nroomy()\n"
ESM = "import 'express'; import { S3Client } from '@aws-sdk/client-s3'; import '@aws-sdk/lib-dynamodb';\nnew S3Client({ region: 'eu-west-1' });\nexport const handler = async () => 1;\n"
DOTNET = {"App": RESOURCES + "/dotnet/App.cs", "Many": HERE + "/dotnet/Many.cs"}
JAVA_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
JAVA_OPTIONS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--add-opens=java.base/java.io=ALL-UNNAMED"]
MODULES = 1000
QUIET = {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "WARN"}


class Case:
    """A start to be compared with the wrapped one, and the share of it that the wrapped one may cost more, in percent."""

    def __init__(self, name, bound, command, variables):
        self.name, self.bound, self.command = name, bound, command
        self.variables = {"AWS_LAMBDA_FUNCTION_VERSION": "7", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024", "AWS_REGION": "eu-west-1", **variables}


def written(folder, name, text):
    with open(os.path.join(folder, name), "w") as function:
        function.write(text)


def fetched(name, command):
    """A folder of what a registry carries, fetched once; the command gets it as its last argument."""
    folder = os.path.join(RUNTIMES, name)
    if not os.path.isdir(folder):
        subprocess.run([*command, folder], check=True)
    return folder


def interpreter(folder):
    """As Lambda's: without the .pth files of this machine, which import a lot."""
    venv.create(folder + "/venv")
    return folder + "/venv/bin/python3"


def many_modules(folder):
    """An interpreter, a script that does nothing, and one that loads MODULES small modules, five deep."""
    for number in range(MODULES):
        below = "import made_%04d\n" % (number + 1) if number % 5 < 4 else ""
        written(folder, "made_%04d.py" % number, below + "def function():\n    return 1\n")
    written(folder, "nothing.py", "")
    written(folder, "modules.py", "".join("import made_%04d\n" % number for number in range(0, MODULES, 5)))
    return interpreter(folder), folder + "/nothing.py", folder + "/modules.py"


def python(folder, source=PYTHON):
    tag = "benchmark-python%d.%d" % sys.version_info[:2]
    packages = fetched(tag, [sys.executable, "-m", "pip", "install", "--quiet", *PYPI, "--target"])
    written(folder, "app.py", source)
    written(folder, "roomy.py", ROOMY % (RESOURCES + "/runtime/bootstrap.py"))
    variables = {"_HANDLER": "app.handler", "LAMBDA_TASK_ROOT": folder, "PYTHONPATH": packages}
    command = [interpreter(folder), folder + "/roomy.py"]
    yield Case("Python %d.%d boto3, importtime" % sys.version_info[:2], 1, command, variables)
    yield Case("Python %d.%d boto3, pauses" % sys.version_info[:2], None, command, {**variables, "FROSTLINE_PYTHON_GC": "1"})
    yield Case("Python %d.%d boto3, packed" % sys.version_info[:2], 3, command, {**variables, **QUIET})


def java(folder):
    jars = os.path.join(HERE, "target/jars")
    if not os.path.isdir(jars):
        subprocess.run(["mvn", "-q", "-f", HERE + "/pom.xml", "dependency:copy-dependencies", "-DoutputDirectory=" + jars], check=True)
    own = [jar for jar in sorted(os.listdir(jars)) if jar.startswith("aws-lambda-java")]
    client = os.pathsep.join(os.path.join(jars, jar) for jar in own)
    home = subprocess.run("java -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.home = //p'", shell=True, capture_output=True, text=True, check=True).stdout.strip()
    for name, bound in (("Small", None), ("Big", 10)):
        task = os.path.join(folder, name)
        os.makedirs(task + "/lib")
        subprocess.run(["javac", "--release", "17", "-cp", jars + "/*", "-d", task, "%s/java/%s/%s.java" % (HERE, name.lower(), name)], check=True)
        for jar in set(os.listdir(jars)) - set(own):
            os.symlink(os.path.join(jars, jar), task + "/lib/" + jar)
        variables = {"_HANDLER": name, "LAMBDA_TASK_ROOT": task, "AWS_EXECUTION_ENV": "AWS_Lambda_java17"}
        command = [home + "/bin/java", *JAVA_OPTIONS, "-cp", client, JAVA_CLIENT, name]
        yield Case("%s %s" % (os.path.basename(home).split("-amd64")[0], name.lower()), bound, command, variables)


def node(folder, versions=("22", "24"), handlers=("small", "cjs", "esm", "bundle")):
    modules = fetched("benchmark-modules", ["npm", "install", "--silent", "--no-audit", "--no-fund", *NPM, "--prefix"])
    os.symlink(os.path.join(modules, "node_modules"), os.path.join(folder, "node_modules"))
    for name, text in (("cjs.js", CJS), ("esm.mjs", ESM), ("small.js", "exports.handler = async () => 1;\n")):
        written(folder, name, text)
    if "bundle" in handlers:
        esbuild = RUNTIMES + "/esbuild/node_modules/.bin/esbuild"
        subprocess.run([esbuild, folder + "/cjs.js", "--bundle", "--platform=node", "--log-level=error", "--outfile=" + folder + "/bundle.js"], check=True)
    client = RUNTIMES + "/aws-lambda-ric/node_modules/aws-lambda-ric/index.mjs"
    for version in versions:
        for handler in handlers:
            variables = {"_HANDLER": handler + ".handler", "LAMBDA_TASK_ROOT": folder, "FROSTLINE_NODE": "1"}
            bound = 3 if handler == "cjs" else None
            yield Case("Node %s %s" % (version, handler), bound, [RUNTIMES + "/node-%s/bin/node" % version, client], variables)


def dotnet(folder):
    core = RUNTIMES + "/dotnet-3.1/dotnetcore2/bin"
    shared = core + "/shared/Microsoft.NETCore.App/3.1.23/System.%s.dll"
    libraries = ["Private.CoreLib", "Runtime", "Net.Http", "Console", "Private.Uri", "Net.Primitives", "Collections", "IO.FileSystem"]
    references = ["-r:" + shared % library for library in libraries]
    written(folder, "config.json", '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"3.1.23"},"configProperties":{"System.Globalization.Invariant":true}}}')
    for name, source in DOTNET.items():
        program = os.path.join(folder, name + ".dll")
        subprocess.run(["mcs", "-nostdlib", "-noconfig", *references, "-out:" + program, source], check=True)
        command = [core + "/dotnet", "exec", "--runtimeconfig", folder + "/config.json", program]
        yield Case(".NET Core 3.1 " + name.lower(), 3, command, {"FROSTLINE_DOTNET": "1"})
