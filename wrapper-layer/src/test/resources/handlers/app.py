"""Imports something, works at module level, answers with its event."""
import colorsys
import time

time.sleep(0.03)


def handler(event, context):
    import lazy

    print("handled", colorsys.__name__, lazy.__name__)
    return {"event": event, "request": context.aws_request_id}
