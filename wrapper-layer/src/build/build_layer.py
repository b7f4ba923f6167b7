"""Builds the layer zip: build_layer.py SOURCES ZIP WORK.

Byte for byte the same from the same sources and interpreters: sorted entries, one fixed time, fixed modes. Python's files
are compiled for every Python 3.8+ of this machine with an unchecked hash (PEP 552), as /opt is read-only and a function
would compile it at each cold start; an interpreter without its .pyc takes the source. The Java agent is what the
module java has built before. The .NET startup hook is checked in, see dotnet_hook.py.
"""
import glob
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib

import dotnet_hook

COMPILE = """
import os, py_compile, sys
if sys.version_info >= (3, 8) and sys.implementation.name == "cpython":
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    for name in sys.argv[3:]:
        folder, file = os.path.split(name)
        target = os.path.join(sys.argv[2], folder, "__pycache__", file[:-2] + sys.implementation.cache_tag + ".pyc")
        # without docstrings, which would be read at each cold start
        py_compile.compile(os.path.join(sys.argv[1], name), target, "/opt/frostline/python/" + name, True, 2, mode)
"""
PYTHON = ["sitecustomize.py", "parts/by_hand.py", "parts/packed.py", "parts/pauses.py", "parts/usage.py"]
TIME = (2026, 1, 1, 0, 0, 0)


def interpreters():
    """Candidates by name on PATH and among pyenv's versions; a shim that leads nowhere simply compiles nothing."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    folders += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin")))
    found = [sys.executable]
    for folder in folders:
        found += sorted(f for f in glob.glob(folder + "/python3.*") if re.search(r"/python3\.\d+$", f))
    return list(dict.fromkeys(map(os.path.realpath, found)))


def precompile(sources, work):
    """The compiled files, by paths below the work folder."""
    shutil.rmtree(work, ignore_errors=True)
    for python in interpreters():
        subprocess.run([python, "-I", "-S", "-c", COMPILE, sources, work, *PYTHON], stderr=subprocess.DEVNULL, check=False)
    return sorted(os.path.relpath(compiled, work) for compiled in glob.glob(work + "/**/*.pyc", recursive=True))


def without_comments(script):
    """A shell script without its lines of comment and without indents: bash reads them anew at each cold start."""
    return b"".join(line.lstrip(b" ") for line in script.splitlines(True) if not re.match(rb"\s*#(?!!)", line))


def counted_lines(before):
    """A last line that says how many lines the file has."""
    return b"\nfrostline %02d" % (before.count(b"\n") + 2)


def startup_hook(work):
    """The compiled hook, ending in the number of its lines, by which the wrapper sees that it is whole."""
    path = os.path.join(work, "Frostline.StartupHook.dll")
    hook = dotnet_hook.checked_in()
    with open(path, "wb") as written:
        written.write(hook + counted_lines(hook))
    return path


def stored_jar(built, names, ending):
    """These files as a jar, stored as a JVM would unpack them at each cold start. It ends, as the zip's comment, in what
    ending makes of all before."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as jar:
        for name in names:
            jar.writestr(zipfile.ZipInfo(name, TIME), built.read(name))
        jar.comment = ending(b"")
    before = content.getvalue()[: -len(jar.comment)]
    if len(ending(before)) != len(jar.comment):
        raise ValueError("the end of a jar is longer than its directory says: " + str(ending(before)))
    return before + ending(before)


def agent(jar, work):
    """The agent's two jars. A JVM does not start with a broken agent: so agent.jar holds one class, small enough for the
    wrapper to count its lines, as many as its end says; that class loads the other jar if its checksum is right."""
    first = ["META-INF/MANIFEST.MF", "dev/frostline/agent/Agent.class"]
    with zipfile.ZipFile(jar) as built:
        others = sorted(name for name in built.namelist() if name.endswith(".class") and name not in first)
        lines = stored_jar(built, first, counted_lines)
        checksum = stored_jar(built, others, lambda before: b"%08x" % zlib.crc32(before))
    for name, content in (("agent.jar", lines), ("agent-classes.jar", checksum)):
        with open(os.path.join(work, name), "wb") as written:
            written.write(content)
        yield "frostline/" + name, os.path.join(work, name), 0o644


def entries(sources, work):
    yield "bin/importtime_wrapper", sources + "/bin/importtime_wrapper", 0o755
    for name in ["archive", "chain", "dotnet", "encode", "java", "node", "old_bash", "python", "quiet"]:
        yield "frostline/wrapper/%s.bash" % name, sources + "/frostline/wrapper/%s.bash" % name, 0o644
    for name in ["preload.cjs", "node.cjs", "node/bundle.cjs", "node/es_modules.cjs", "node/report.cjs", "node/usage.cjs"]:
        yield "frostline/" + name, sources + "/frostline/" + name, 0o644
    for name in ["usercustomize.py", *PYTHON]:
        yield "frostline/python/" + name, sources + "/frostline/python/" + name, 0o644
    for name in precompile(sources + "/frostline/python", work + "/python"):
        yield "frostline/python/" + name, os.path.join(work, "python", name), 0o644
    yield from agent(sources + "/../../java/target/agent.jar", work)
    yield "frostline/Frostline.StartupHook.dll", startup_hook(work), 0o644


def main(sources, target, work):
    os.makedirs(work, exist_ok=True)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as layer:
        for name, path, mode in entries(sources, work):
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system = 3  # Unix, so that the mode counts
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            with open(path, "rb") as content:
                layer.writestr(entry, without_comments(content.read()) if name.startswith(("bin/", "frostline/wrapper/")) else content.read())


if __name__ == "__main__":
    main(*sys.argv[1:])
