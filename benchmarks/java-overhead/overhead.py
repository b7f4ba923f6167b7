"""What the Java agent costs a cold start: overhead.py [ROUNDS] [JAVA_HOME...].

CPU time of the process (all threads, from schedstat) until its first /next, with AWS's own client against a Runtime API
on this machine. Every round runs every variant once in random order; each is compared with the plain start of its round,
and the plain start with a second plain start (A/A), which tells how much of a difference this machine makes up by itself.
Printed: median of the plain start, and of the differences with a 95 % bootstrap interval. Needs `mvn package` before.
"""
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "target")
LAYER = os.path.join(HERE, "../../wrapper-layer/target/frostline-layer.zip")
CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
OPTIONS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--add-opens=java.base/java.io=ALL-UNNAMED"]
VARIANTS = ["plain", "plain again", "agent that does nothing", "clinit", "load", "sample"]
MODES = {"agent that does nothing": "off", "clinit": "clinit", "load": "load", "sample": "sample"}


def prepared():
    """The jars, the compiled functions and the agent, below target."""
    jars = os.path.join(WORK, "jars")
    if not os.path.isdir(jars):
        copy = ["mvn", "-q", "-f", HERE + "/pom.xml", "dependency:copy-dependencies", "-DoutputDirectory=" + jars]
        subprocess.run(copy, check=True)
    client = [os.path.join(jars, jar) for jar in sorted(os.listdir(jars)) if jar.startswith("aws-lambda-java")]
    for name in ("small", "big"):
        task = os.path.join(WORK, name)
        source = "%s/functions/%s/%s.java" % (HERE, name, name.title())
        os.makedirs(task, exist_ok=True)
        subprocess.run(["javac", "--release", "17", "-cp", jars + "/*", "-d", task, source], check=True)
    libraries = os.path.join(WORK, "big/lib")
    os.makedirs(libraries, exist_ok=True)
    for jar in set(os.listdir(jars)) - set(os.listdir(libraries)):
        if not jar.startswith("aws-lambda-java"):
            os.symlink(os.path.join(jars, jar), os.path.join(libraries, jar))
    with zipfile.ZipFile(LAYER) as layer:
        layer.extract("frostline/agent.jar", WORK)
    return os.pathsep.join(client), os.path.join(WORK, "frostline/agent.jar")


def cpu_millis(pid):
    total = 0
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/schedstat" % (pid, task)) as stat:
            total += int(stat.read().split()[0])
    return total / 1e6


def init_cpu(command, task):
    """CPU until the request for the first event, which is never answered."""
    with socket.create_server(("127.0.0.1", 0)) as server, tempfile.TemporaryFile() as log:
        environment = {
            "PATH": os.environ["PATH"],
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % server.getsockname()[1],
            "_HANDLER": command[-1],
            "LAMBDA_TASK_ROOT": task,
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_REGION": "eu-west-1",
        }
        process = subprocess.Popen(command, env=environment, cwd=task, stdout=log, stderr=log)
        stop = threading.Timer(60, process.kill)
        stop.start()
        try:
            server.settimeout(60)
            connection = server.accept()[0]
            with connection:
                request = connection.recv(100)
                if b"/invocation/next" not in request:
                    log.seek(0)
                    raise RuntimeError("no init: %s\n%s" % (request, log.read().decode()))
                return cpu_millis(process.pid)
        finally:
            stop.cancel()
            process.kill()
            process.wait()


def interval(differences):
    medians = sorted(statistics.median(random.choices(differences, k=len(differences))) for _ in range(2000))
    return medians[50], medians[1949]


def compare(java_home, name, rounds, client, agent):
    task, results = os.path.join(WORK, name), {variant: [] for variant in VARIANTS}
    for _ in range(rounds):
        for variant in random.sample(VARIANTS, len(VARIANTS)):
            options = list(OPTIONS)
            if variant in MODES:
                options.insert(0, "-javaagent:%s=id=00000000,t=1,mode=%s" % (agent, MODES[variant]))
            command = [java_home + "/bin/java", *options, "-cp", client, CLIENT, name.title()]
            results[variant].append(init_cpu(command, task))
    plain = statistics.median(results["plain"])
    print("%s, %s, %d rounds: plain %.0f ms" % (os.path.basename(java_home), name, rounds, plain))
    for variant in VARIANTS[1:]:
        differences = [ours - base for ours, base in zip(results[variant], results["plain"])]
        low, high = interval(differences)
        median = statistics.median(differences)
        row = (variant, median, low, high, 100 * median / plain, 100 * low / plain, 100 * high / plain)
        print("  %-24s %+7.1f ms [%+.1f, %+.1f]  %+5.1f %% [%+.1f, %+.1f]" % row, flush=True)


def main(rounds="20", *java_homes):
    client, agent = prepared()
    asked = "java -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.home = //p'"
    own = subprocess.run(["sh", "-c", asked], capture_output=True, text=True, check=True).stdout.strip()
    for java_home in java_homes or [own]:
        for name in ("small", "big"):
            compare(java_home, name, int(rounds), client, agent)


if __name__ == "__main__":
    main(*sys.argv[1:])
