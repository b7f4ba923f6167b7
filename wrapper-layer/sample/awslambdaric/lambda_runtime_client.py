"""The two calls of the real LambdaRuntimeClient that the sample needs, without a Runtime API behind them."""
import json
import os
import sys

EVENT = '{"lines": [{"article": "tea", "count": 2}, {"article": "cup", "count": 1}]}'


class LambdaRuntimeClient:
    def wait_next_invocation(self):
        return json.loads(os.environ.get("FROSTLINE_SAMPLE_EVENT", EVENT))

    def post_invocation_result(self, result):
        sys.stdout.write(json.dumps(result) + "\n")
