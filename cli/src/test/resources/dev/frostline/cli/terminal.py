"""Runs a program on a terminal of its own, types what is asked for, and prints what was seen.

terminal.py KEYS COMMAND...: types KEYS when the program has said READY or, where they are empty, nothing.
"""
import os
import pty
import select
import sys
import time

keys, command = sys.argv[1].encode(), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
seen = b""
end = time.monotonic() + 120
while time.monotonic() < end:
    if keys and b"READY" in seen:
        os.write(terminal, keys)
        keys = b""
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            more = os.read(terminal, 65536)
        except OSError:
            break
        if not more:
            break
        seen += more
sys.stdout.buffer.write(seen)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
