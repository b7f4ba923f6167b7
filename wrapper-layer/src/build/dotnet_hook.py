"""Compiles the .NET startup hook: dotnet_hook.py. What it writes beside the sources is checked in: the library, the same
bytes from the same sources and compiler, and the checksum of the sources it was compiled from.

The compiler is Debian's mono-mcs, as its libraries are ones that every .NET since Core 2.0 can stand in for. The build needs
none; a test compiles the sources anew where this version of it is installed.
"""
import glob
import hashlib
import os
import subprocess

SOURCES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "dotnet")
HOOK = os.path.join(SOURCES, "Frostline.StartupHook.dll")
COMPILED_FROM = HOOK + ".sources"


def checksum():
    """Of the sources, by name."""
    sum = hashlib.sha256()
    for path in sorted(glob.glob(SOURCES + "/*.cs")):
        with open(path, "rb") as source:
            content = source.read()
        sum.update(b"%s %d\n" % (os.path.basename(path).encode(), len(content)) + content)
    return sum.hexdigest()


def checked_in():
    """The library, if it is what the sources compile to."""
    with open(COMPILED_FROM) as file:
        if file.read().strip() != checksum():
            raise SystemExit("src/dotnet has changed since its library was compiled: run src/build/dotnet_hook.py (Debian: apt-get install mono-mcs)")
    with open(HOOK, "rb") as file:
        return file.read()


def main():
    subprocess.run(["mcs", "-target:library", "-optimize+", "-warnaserror", "-out:" + HOOK, *sorted(glob.glob(SOURCES + "/*.cs"))], check=True)
    os.chmod(HOOK, 0o644)
    with open(COMPILED_FROM, "w") as file:
        file.write(checksum() + "\n")


if __name__ == "__main__":
    main()
