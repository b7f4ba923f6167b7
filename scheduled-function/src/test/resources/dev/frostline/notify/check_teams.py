"""Holds the message on standard input against the models of Microsoft's own SDK: each element is one of Teams, and each of its
keys one of that element; prints the types in order."""
import json
import sys

from microsoft_teams import cards
from pydantic.alias_generators import to_camel

MODELS = {
    model.model_fields["type"].default: model
    for model in vars(cards).values()
    if isinstance(model, type) and hasattr(model, "model_fields") and "type" in model.model_fields
}
types = []


def check(element):
    if isinstance(element, list):
        for one in element:
            check(one)
    elif isinstance(element, dict):
        if "type" in element:
            types.append(element["type"])
            model = MODELS[element["type"]]
            names = {to_camel(name) for name in model.model_fields}
            unknown = set(element) - names - {"$schema"}
            assert not unknown, (element["type"], unknown)
            model.model_validate(element)
        for value in element.values():
            check(value)


text = sys.stdin.read()
assert len(text.encode()) <= 28 * 1024, "Teams takes 28 kB"
message = json.loads(text)
assert message["type"] == "message" and set(message) == {"type", "attachments"}, message.keys()
for attachment in message["attachments"]:
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["contentUrl"] is None
    assert attachment["content"]["type"] == "AdaptiveCard"
    check(attachment["content"])
print(" ".join(types))
