"""Writes the events that the rule of notify.py let through, from moto's server at the address given, into events.json."""
import json
import sys

import boto3

aws = dict(
    endpoint_url=sys.argv[1], region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
)
found = boto3.client("logs", **aws).filter_log_events(logGroupName="/aws/events/payments")["events"]
with open("events.json", "w") as file:
    json.dump([json.loads(event["message"]) for event in found], file)
