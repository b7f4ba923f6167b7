"""AWS's /var/runtime/bootstrap.py in short: the real awslambdaric, started by a script and not by -m."""
import os
import sys

from awslambdaric import __main__

sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
__main__.main(["bootstrap", os.environ["_HANDLER"]])
