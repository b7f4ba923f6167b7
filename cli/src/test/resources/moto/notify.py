"""Makes what messages need in moto's server at the address given: a bus of events with a rule for one team, whose events go to a log
group, and two secrets that hold the address of a webhook."""
import json
import sys

import boto3

WEBHOOK = "http://127.0.0.1:1/webhook"  # the test puts its own here
aws = dict(
    endpoint_url=sys.argv[1], region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
)
group = boto3.client("logs", **aws)
group.create_log_group(logGroupName="/aws/events/payments")
arn = group.describe_log_groups(logGroupNamePrefix="/aws/events/payments")["logGroups"][0]["arn"]
events = boto3.client("events", **aws)
events.create_event_bus(Name="findings")
events.put_rule(
    Name="payments",
    EventBusName="findings",
    EventPattern=json.dumps(
        {"source": ["frostline"], "detail-type": ["Frostline Finding Opened"], "detail": {"owner": ["payments"]}}
    ),
)
events.put_targets(Rule="payments", EventBusName="findings", Targets=[{"Id": "log", "Arn": arn.removesuffix(":*")}])
boto3.client("secretsmanager", **aws).create_secret(
    Name="frostline/webhooks", SecretString=json.dumps({"slack": WEBHOOK + "-of-a-secret"})
)
boto3.client("ssm", **aws).put_parameter(
    Name="/frostline/teams", Value=WEBHOOK + "-of-a-parameter", Type="SecureString"
)
