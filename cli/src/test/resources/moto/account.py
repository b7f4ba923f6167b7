"""Makes an account in moto's server at the address given: three functions, one log group, one layer, one bucket."""
import io
import json
import sys
import zipfile

import boto3

aws = dict(
    endpoint_url=sys.argv[1], region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
)
trust = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
role = boto3.client("iam", **aws).create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(trust))
code = io.BytesIO()
with zipfile.ZipFile(code, "w") as archive:
    archive.writestr("app.py", "def handler(event, context): pass")
functions = boto3.client("lambda", **aws)
functions.publish_layer_version(LayerName="frostline", Content={"ZipFile": code.getvalue()})
for name in ["frostline-ingest", "search", "shop"]:
    functions.create_function(
        FunctionName=name,
        Runtime="python3.12",
        Role=role["Role"]["Arn"],
        Handler="app.handler",
        Code={"ZipFile": code.getvalue()},
    )
functions.publish_version(FunctionName="frostline-ingest")
functions.create_alias(FunctionName="frostline-ingest", Name="live", FunctionVersion="1")
boto3.client("logs", **aws).create_log_group(logGroupName="/aws/lambda/shop")
boto3.client("s3", **aws).create_bucket(
    Bucket="landing", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
)
