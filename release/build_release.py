#!/usr/bin/env python3
"""Makes the archive of a platform: run time, jars, DuckDB's library as a file, class-data archive, completions, manual pages.

build_release.py CLI_TARGET OUT VERSION [--platform linux-x86_64|linux-arm64] [--jdk DIR] [--jmods DIR] [--emulator "COMMAND"]

The JDK (default: the newest below /usr/lib/jvm, else JAVA_HOME) gives the run time, of this machine's platform. For another one
--jmods names the jmods folder of a JDK of the same version for it, and --emulator the command that runs the platform's programs here,
e.g. "qemu-aarch64 -L /usr/aarch64-linux-gnu". Without one, the class-data archive, which Java makes on its own platform alone, is left
out, and the archive is not tried. Two builds of the same sources by the same JDK are equal to the byte. Standard output: the archive's path.
"""
import argparse
import hashlib
import json
import lzma
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

MODULES = ("java.base,java.sql,java.logging,java.naming,java.xml,java.net.http,java.management,"
           "java.compiler,jdk.httpserver,jdk.unsupported,jdk.crypto.ec,jdk.zipfs")
EPOCH = 1767225600  # project.build.outputTimestamp
LIBRARY = {"linux-x86_64": "linux_amd64", "linux-arm64": "linux_arm64"}
TRIPLE = {"linux-x86_64": "x86_64-linux-gnu", "linux-arm64": "aarch64-linux-gnu"}
JAR = "frostline.jar"
JVM = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"]


def here():
    return "linux-" + {"x86_64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    if done.returncode not in (0, 1, 3):  # judged, or too little to judge
        sys.exit("build_release: %s ended with %d: %s" % (command[0], done.returncode, done.stderr.decode()[-2000:]))
    return done.stdout


def version_of(jdk):
    with open(os.path.join(jdk, "release")) as facts:
        return int(re.search(r'JAVA_VERSION="(\d+)', facts.read()).group(1))


def newest_jdk():
    found = [os.environ.get("JAVA_HOME", "")]
    if os.path.isdir("/usr/lib/jvm"):
        found += [os.path.join("/usr/lib/jvm", name) for name in sorted(os.listdir("/usr/lib/jvm"))]
    found = [one for one in found if os.path.exists(os.path.join(one, "bin", "jlink")) and os.path.exists(os.path.join(one, "release"))]
    if not found:
        sys.exit("build_release: there is no JDK with jlink; name one with --jdk")
    return max(found, key=version_of)


def jar(cli_target, lib, library_name, jdk):
    """All jars as one, without compression, so that the archive packs it well, and a start opens one file instead of eighty to learn that
    a class is not there. DuckDB's library stands beside it, unpacked once."""
    own = [os.path.join(cli_target, name) for name in os.listdir(cli_target) if re.fullmatch(r"cli-[\d.]+\.jar", name)]
    below = os.path.join(cli_target, "lib")
    entries = {}
    for one in own + [os.path.join(below, name) for name in sorted(os.listdir(below))]:
        name = os.path.basename(one)
        with tempfile.TemporaryDirectory() as folder:
            if name.startswith("picocli-") and version_of(jdk) >= 24:
                one = shutil.copy(one, folder)
                run([os.path.join(jdk, "bin", "java"), os.path.join(os.path.dirname(os.path.abspath(__file__)), "StackMaps.java"), one])
            with zipfile.ZipFile(one) as parts:
                for entry in parts.infolist():
                    merge(entries, entry, parts.read(entry), name, lib, library_name)
    with zipfile.ZipFile(os.path.join(lib, JAR), "w") as whole:
        for path in ["META-INF/MANIFEST.MF"] + [path for path in entries if path != "META-INF/MANIFEST.MF"]:
            whole.writestr(zipfile.ZipInfo(path), entries[path])


def merge(entries, entry, content, jar_name, lib, library_name):
    """Each jar's papers stay, below its name; lists of services are joined; any other path stands in one jar alone."""
    path = entry.filename
    if path.startswith("libduckdb_java.so_"):
        if path.endswith("_" + library_name):
            with open(os.path.join(lib, "libduckdb_java.so"), "wb") as library:
                library.write(content)
        return
    if path.endswith("module-info.class"):
        return
    if path == "META-INF/MANIFEST.MF":
        content = b"Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n"
    elif re.fullmatch(r"META-INF/[^/]*(LICENSE|NOTICE|DEPENDENCIES)[^/]*", path):
        path = "META-INF/licences/%s/%s" % (jar_name, os.path.basename(path))
    elif path in entries and (path.startswith("META-INF/services/") or path.endswith("/execution.interceptors")):
        content = entries[path].rstrip(b"\n") + b"\n" + content
    if entries.setdefault(path, content) != content:
        if not path.startswith(("META-INF/services/", "software/amazon/awssdk/global/")):
            sys.exit("build_release: %s of %s stands in another jar with other content" % (path, jar_name))
        entries[path] = content


def sample(folder):
    """Two deployments of a function as a subscription delivers them: enough for every class that a comparison loads."""
    path = os.path.join(folder, "logs.ndjson")
    with open(path, "w") as logs:
        for version in (1, 2):
            for start in range(8):
                at = 1790000000000 + version * 400000000 + start * 3600000
                lines = ["INIT_START Runtime Version: python:3.11.v112\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:0a"]
                for row in range(12 + 2 * version):
                    lines.append("import time: %9d | %10d | module%d" % (900 + 13 * start + row, 900 + 13 * start + row, row))
                request = "%08x-0000-4000-8000-%012x" % (version, start)
                lines.append("START RequestId: %s Version: %d" % (request, version))
                lines.append("END RequestId: " + request)
                lines.append("REPORT RequestId: %s\tDuration: 2.00 ms\tBilled Duration: 3 ms\tMemory Size: 512 MB\tMax Memory Used: 60 MB\t"
                             "Init Duration: %d.00 ms\t" % (request, 150 + 20 * version + start))
                events = [{"id": "%056d" % (at * 100 + i), "timestamp": at + i, "message": line + "\n"} for i, line in enumerate(lines)]
                logs.write(json.dumps({
                    "messageType": "DATA_MESSAGE", "owner": "123456789012", "logGroup": "/aws/lambda/sample",
                    "logStream": "2026/09/21/[%d]%032x" % (version, start), "subscriptionFilters": ["frostline"], "logEvents": events}) + "\n")
    return path


def class_data(root, emulator):
    """A class-data archive of what commands load; JVMs that cannot use it start without it."""
    java = emulator + [os.path.join(root, "runtime", "bin", "java")]
    lib = os.path.join(root, "lib")
    path = os.path.join(lib, JAR)
    os.utime(path, (EPOCH, EPOCH))  # as unpacked: the archive of classes serves only a jar of the time that it saw
    names, lambdas = set(), set()
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "s.duckdb")
        database = ["--db", store]
        for number, words in enumerate([
                ["ingest", sample(folder), "--region", "eu-west-1"] + database, ["version"], ["--help"], ["functions"] + database,
                ["regressions", "--all"] + database, ["explain", "sample", "1..2"] + database, ["sql", "FROM cold_starts"] + database,
                ["imports"] + database, ["report", "--out", folder] + database, ["gate", "-o", "json"] + database]):
            classes = os.path.join(folder, "classes%d" % number)
            run(java + JVM + ["-Xshare:off", "-XX:DumpLoadedClassList=" + classes, "-Djava.library.path=" + lib,
                              "--enable-native-access=ALL-UNNAMED", "-cp", path, "dev.frostline.cli.Frostline"] + words)
            with open(classes) as listed:
                lines = [line for line in listed if not line.startswith("#") and " source:" not in line]
            lambdas.update(line for line in lines if line.startswith("@lambda-"))
            names.update(re.sub(r" id: \d+.*", "", line) for line in lines if not line.startswith("@"))
        listed = os.path.join(folder, "classes")
        with open(listed, "w") as out:
            out.writelines(sorted(names) + sorted(lambdas))
        run(java + ["-Xshare:dump", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",  # as at run time: else it is used in part
                    "-XX:SharedClassListFile=" + listed, "-XX:SharedArchiveFile=" + os.path.join(lib, "frostline.jsa"), "-cp", path])


LAUNCHER = """#!/bin/sh
# Frostline %s. Starts it from wherever it was unpacked, through links too.
self=$0
while [ -h "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=${self%%/*}/$target ;; esac
done
home=$(cd "${self%%/*}/.." && pwd -P) || exit 4
if [ -t 1 ] && [ -z "$COLUMNS" ]; then
  COLUMNS=$(stty size < /dev/tty 2> /dev/null | cut -d " " -f 2) || COLUMNS=
  export COLUMNS
fi
[ -t 2 ] || export TERM=dumb # no progress bar in a file
exec "$home/runtime/bin/java" -XX:SharedArchiveFile="$home/lib/frostline.jsa" -Xshare:auto -Xlog:disable -Xlog:all=off \\
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Dfile.encoding=UTF-8 -Djdk.console=java.base --enable-native-access=ALL-UNNAMED \\
  -Djava.library.path="$home/lib" -cp "$home/lib/frostline.jar" dev.frostline.cli.Frostline "$@"
"""


def launcher(root, version):
    os.makedirs(os.path.join(root, "bin"))
    path = os.path.join(root, "bin", "frostline")
    with open(path, "w") as script:
        script.write(LAUNCHER % version)
    os.chmod(path, 0o755)


def manual(root, version, ask):
    """A page for the command and one for each of its commands, from their own help."""
    folder = os.path.join(root, "share", "man", "man1")
    os.makedirs(folder)
    commands = re.findall(r"^  ([a-z]+)  ", ask(["--help"]).decode(), re.M)
    for command in [""] + [one for one in commands if one != "help"]:
        text = ask([command, "--help"] if command else ["--help"]).decode()
        name = "frostline" + ("-" + command if command else "")
        body = "\n".join(("\\&" + line if line[:1] in (".", "'") else line).replace("\\", "\\e") for line in text.splitlines())
        with open(os.path.join(folder, name + ".1"), "w", encoding="utf-8") as page:
            page.write('.TH "%s" 1 "" "Frostline %s"\n.SH NAME\n%s\n.SH DESCRIPTION\n.nf\n%s\n.fi\n' % (name.upper(), version, name, body))


def completions(root, ask):
    for shell, path in (("bash", "bash-completion/completions/frostline"), ("zsh", "zsh/site-functions/_frostline"),
                        ("fish", "fish/vendor_completions.d/frostline.fish")):
        target = os.path.join(root, "share", path)
        os.makedirs(os.path.dirname(target))
        with open(target, "wb") as script:
            script.write(re.sub(rb"(?m)^# \d{4}-.*\n|^# generated .*\n", b"", ask(["completion", shell])))


def pack(root, archive):
    """Sorted, of one time and nobody's: equal trees make equal archives."""
    def plain(entry):
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = EPOCH, 0, 0, "", ""
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry
    with lzma.open(archive, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        names = []
        for folder, folders, files in os.walk(root):
            folders.sort()
            names += [os.path.join(folder, name) for name in files] + [folder]
        for name in sorted(names):
            tar.add(name, os.path.join(os.path.basename(root), os.path.relpath(name, root)).rstrip("/."), recursive=False, filter=plain)
    digest = hashlib.sha256(open(archive, "rb").read()).hexdigest()
    with open(archive + ".sha256", "w") as checksum:
        checksum.write("%s  %s\n" % (digest, os.path.basename(archive)))


def check(archive, name, emulator):
    """Unpacks it elsewhere and asks it, without Java, path or home, what users ask first; then in a folder with a space."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as packed:
            packed.extractall(folder)
        logs = sample(folder)
        link = os.path.join(folder, "frostline")
        bare = {"PATH": "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C"}
        place = os.path.join(folder, name)
        if emulator:
            java = os.path.join(place, "runtime", "bin", "java")
            os.rename(java, java + "-emulated")
            with open(java, "w") as script:
                script.write('#!/bin/sh\nexec %s "$0-emulated" "$@"\n' % shlex.join(emulator))
            os.chmod(java, 0o755)
        for elsewhere in ("elsewhere", "else where"):
            os.rename(place, os.path.join(folder, elsewhere))
            place = os.path.join(folder, elsewhere)
            os.symlink(os.path.join(place, "bin", "frostline"), link)
            for words, expected in ((["version"], b"frostline "), (["ingest", logs, "--region", "eu-west-1"], b"16 new"),
                                    (["explain", "sample", "1..2"], b"SUSPECTS"), (["regressions"], b"1 slower"), (["report"], b"Wrote ")):
                answer = run([link] + words, env=bare, cwd=folder)
                if expected not in answer:
                    sys.exit("build_release: frostline %s in %s said %s" % (" ".join(words), elsewhere, answer.decode()[-2000:]))
            os.remove(link)
            os.remove(os.path.join(folder, "frostline.duckdb"))


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("cli_target")
    asked.add_argument("out")
    asked.add_argument("version")
    asked.add_argument("--platform", default="")
    asked.add_argument("--jdk", default="")
    asked.add_argument("--jmods", default="")
    asked.add_argument("--emulator", default="", type=shlex.split)
    given = asked.parse_args()
    given.platform = given.platform or here()
    if given.platform not in LIBRARY:
        sys.exit("build_release: there is no archive for %s, only for %s" % (given.platform, " and ".join(sorted(LIBRARY))))
    jdk = given.jdk or newest_jdk()
    if given.platform != here() and not given.jmods:
        sys.exit("build_release: %s needs --jmods, the jmods folder of a JDK %d for it" % (given.platform, version_of(jdk)))
    name = "frostline-%s-%s" % (given.version, given.platform)
    # The class-data archive holds the names of its jars: the same folder for all builds makes them equal.
    root = os.path.join(tempfile.gettempdir(), name)
    try:
        os.mkdir(root, 0o755)
    except FileExistsError:
        sys.exit("build_release: %s is there: another build runs, or was killed; remove it" % root)
    try:
        os.makedirs(given.out, exist_ok=True)
        fill(root, given, jdk)
        archive = os.path.join(os.path.abspath(given.out), name + ".tar.xz")
        pack(root, archive)
        if given.platform == here() or given.emulator:
            check(archive, name, given.emulator)
        print(archive)
    finally:
        shutil.rmtree(root)


def stripped_of(target):
    """What jlink's --strip-debug does, with a program that knows the platform's libraries."""
    objcopy = shutil.which(TRIPLE[target] + "-objcopy") or shutil.which("llvm-objcopy")
    if not objcopy:
        sys.exit("build_release: there is no objcopy for %s. Install binutils-%s (or llvm)." % (target, TRIPLE[target].replace("_", "-")))
    return ["--strip-java-debug-attributes", "--strip-native-debug-symbols=exclude-debuginfo-files:objcopy=" + objcopy,
            "--exclude-files=**.debuginfo"]


def fill(root, given, jdk):
    native = given.platform == here()
    os.makedirs(os.path.join(root, "lib"))
    jar(given.cli_target, os.path.join(root, "lib"), LIBRARY[given.platform], jdk)
    compress = "zip-0" if version_of(jdk) >= 21 else "0"
    run([os.path.join(jdk, "bin", "jlink")] + (["--module-path", given.jmods] if given.jmods else []) +
        (["--strip-debug"] if native else stripped_of(given.platform)) +
        ["--add-modules", MODULES, "--no-header-files", "--no-man-pages", "--compress", compress, "--output", os.path.join(root, "runtime")])
    if (native or given.emulator) and version_of(jdk) >= 19:  # before, an archive is bound to the folder it was made in
        class_data(root, given.emulator)
    launcher(root, given.version)
    java = os.path.join(root, "runtime", "bin", "java") if native else os.path.join(jdk, "bin", "java")
    def ask(words):
        clean = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "FROSTLINE_DB", "FROSTLINE_CONFIG")}
        return run([java] + JVM + ["-cp", os.path.join(root, "lib", JAR), "dev.frostline.cli.Frostline"] + words, env=clean)
    completions(root, ask)
    manual(root, given.version, ask)
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for paper in ("LICENSE", "NOTICE", "README.md", "CHANGELOG.md"):
        shutil.copyfile(os.path.join(top, paper), os.path.join(root, paper))

main()
