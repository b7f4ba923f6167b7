mock_provider "aws" {
  mock_resource "aws_lambda_function" {
    defaults = {
      arn     = "arn:aws:lambda:eu-west-1:123456789012:function:mock"
      version = "7"
    }
  }
  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:eu-west-1:123456789012:function:mock:live" }
  }
  mock_resource "aws_lambda_layer_version" {
    defaults = { arn = "arn:aws:lambda:eu-west-1:123456789012:layer:frostline:1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/mock" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mock", id = "mock" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:mock" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:mock" }
  }
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-west-1:123456789012:rule/mock" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
}

run "plain" {
  assert {
    condition     = aws_lambda_permission.ingest.source_arn == "arn:aws:logs:eu-west-1:123456789012:log-group:*"
    error_message = "one statement lets the logs of every group in"
  }
  assert {
    condition     = aws_lambda_function.ingest.environment[0].variables.FROSTLINE_LANDING == "s3://mock"
    error_message = "the ingest function lands in the data bucket"
  }
  assert {
    condition     = length(aws_sns_topic_subscription.report) == 0
    error_message = "nobody is told unless asked for"
  }
  assert {
    condition     = jsondecode(aws_cloudwatch_dashboard.dashboard[0].dashboard_body).widgets[0].properties.metrics[0][1] == "init_ms"
    error_message = "the dashboard shows init"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.sync.policy, "secretsmanager:") && !strcontains(aws_iam_role_policy.sync.policy, "events:PutEvents")
    error_message = "no secret and no bus unless named"
  }
  assert {
    condition     = length(aws_s3_bucket_logging.buckets) == 0 && aws_lambda_function.sync.kms_key_arn == null
    error_message = "no access logs and no key unless asked for"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.ingest.policy, "kms:")
    error_message = "no key, no permission on keys"
  }
  assert {
    condition     = strcontains(aws_iam_policy.wrapper.policy, "{\"StringLike\":{\"aws:ResourceTag/frostline\":\"*\"}}")
    error_message = "the wrapper policy changes tagged functions only"
  }
}

run "with_everything" {
  variables {
    kms_key_arn           = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    functions_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/66666666-2222-3333-4444-555555555555"
    access_log_bucket     = "logs-of-everything"
    permissions_boundary  = "arn:aws:iam::123456789012:policy/boundary"
    report_email          = "platform@example.org"
    role_path             = "/frostline/"
    wrap_tag              = "team=payments"
    event_bus             = "findings"
    metrics               = "none"
    notification_secrets  = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:frostline/webhooks-AbCdEf"]
  }
  assert {
    condition     = length(aws_cloudwatch_dashboard.dashboard) == 0 && length(aws_cloudwatch_metric_alarm.silence) == 0
    error_message = "without metrics there is nothing to show"
  }
  assert {
    condition     = strcontains(aws_iam_role_policy.sync.policy, "event-bus/findings") && strcontains(aws_iam_role_policy.report.policy, "secret:frostline/webhooks-AbCdEf")
    error_message = "the functions may send to the bus and read the secrets that were named"
  }
  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.function : group.kms_key_id == var.functions_kms_key_arn]) && aws_lambda_function.sync.kms_key_arn == var.functions_kms_key_arn
    error_message = "logs and environment variables are encrypted with the functions' key"
  }
  assert {
    condition     = length(aws_s3_bucket_logging.buckets) == 2 && aws_s3_bucket_logging.buckets["data"].target_prefix == "frostline/data/"
    error_message = "both buckets write access logs"
  }
  assert {
    condition     = strcontains(aws_iam_policy.wrapper.policy, "{\"StringLike\":{\"aws:ResourceTag/team\":\"payments\"}}")
    error_message = "the wrapper policy changes functions of that tag and value only"
  }
  assert {
    condition     = strcontains(aws_iam_role_policy.ingest.policy, "kms:GenerateDataKey") && !strcontains(aws_iam_role_policy.ingest.policy, "kms:Decrypt")
    error_message = "ingest encrypts and cannot decrypt"
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.function : role.permissions_boundary == var.permissions_boundary && role.path == "/frostline/"])
    error_message = "every role is bounded"
  }
  assert {
    condition     = aws_sns_topic_subscription.report[0].endpoint == "platform@example.org"
    error_message = "the report goes out"
  }
}

run "too_short_retention" {
  command = plan
  variables {
    landing_retention_days = 1
  }
  expect_failures = [var.landing_retention_days]
}

run "wrapper_of_every_function" {
  variables {
    wrap_tag = ""
  }
  assert {
    condition     = strcontains(aws_iam_policy.wrapper.policy, "\"Condition\":{}")
    error_message = "without a tag the wrapper policy changes every function"
  }
}
