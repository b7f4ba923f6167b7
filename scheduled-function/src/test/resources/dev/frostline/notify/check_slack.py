"""Holds the message on standard input against the models of Slack's own SDK, limits and all, and prints its blocks' types."""
import json
import sys

from slack_sdk.models.blocks import Block

message = json.load(sys.stdin)
assert set(message) == {"text", "blocks"}, message.keys()
assert 0 < len(message["text"]) <= 4000
assert 0 < len(message["blocks"]) <= 50
blocks = Block.parse_all(message["blocks"])
for given, block in zip(message["blocks"], blocks):
    block.validate_json()
    read = block.to_dict()
    assert read == given, (given, read)
    if given["type"] == "context":
        assert 1 <= len(given["elements"]) <= 10
    for text in [given.get("text"), *given.get("elements", [])]:
        if text and text["type"] in ("mrkdwn", "plain_text"):
            assert 0 < len(text["text"]) <= (150 if given["type"] == "header" else 3000), text
            assert text["type"] == "plain_text" or not any(call in text["text"] for call in ("<!", "<@", "<#")), text
print(" ".join(block.type for block in blocks))
