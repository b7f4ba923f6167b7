"""A stand-in for AWS's /var/runtime/bootstrap.py: loads the handler the way the real one does, answers one event, ends.

Environment: _HANDLER=app.handler, LAMBDA_TASK_ROOT=the folder of app.py, and the event as JSON in FROSTLINE_SAMPLE_EVENT
if it is to be another than the one below. The answer goes to stdout.
"""
import importlib
import os
import sys

from awslambdaric.lambda_runtime_client import LambdaRuntimeClient


def main():
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    module, function = os.environ["_HANDLER"].rsplit(".", 1)
    handler = getattr(importlib.import_module(module.replace("/", ".")), function)
    client = LambdaRuntimeClient()
    request = client.wait_next_invocation()
    client.post_invocation_result(handler(request, None))


if __name__ == "__main__":
    main()
