"""Says that it lives by making the file it is given, then hangs in init."""
import sys
import time

open(sys.argv[1], "w").close()
time.sleep(60)
