"""Asks for three events by a client of the name that AWS's has, one that is made here."""
import importlib
import sys
import types

name = "awslambdaric.lambda_runtime_client"


class LambdaRuntimeClient:
    def wait_next_invocation(self):
        return {}


sys.modules[name] = types.ModuleType(name)
sys.modules[name].LambdaRuntimeClient = LambdaRuntimeClient
client = LambdaRuntimeClient()
importlib.import_module("colorsys")
for _ in range(3):
    print(client.wait_next_invocation())
print(sys.monitoring.get_tool(3) if hasattr(sys, "monitoring") else None)
