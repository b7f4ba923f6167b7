data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  functions_key = var.functions_kms_key_arn != "" ? var.functions_kms_key_arn : null

  artifacts = var.artifacts != "" ? var.artifacts : "${path.module}/../artifacts"
  functions = toset(["ingest", "report", "subscriber", "sync"])
  has_key   = var.kms_key_arn != ""
  landing   = "s3://${aws_s3_bucket.data.id}"
  lake      = "s3://${aws_s3_bucket.data.id}/lake"

  # Where an earlier version kept its store, which moves into the lake once.
  store = "s3://${aws_s3_bucket.data.id}/store/frostline.duckdb"

  # With a sender the report is a mail of its own, else text by SNS.
  has_sender = var.report_sender != "" && var.report_email != ""
}

resource "aws_cloudwatch_log_group" "function" {
  # checkov:skip=CKV_AWS_158: Counts and errors, no text of other logs; functions_kms_key_arn encrypts them with a customer key.
  # checkov:skip=CKV_AWS_338: log_retention_days says how long; what is worth keeping is in the store.
  for_each          = local.functions
  name              = "/aws/lambda/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = local.functions_key
  tags              = var.tags
}

resource "aws_lambda_layer_version" "layer" {
  layer_name               = "frostline"
  description              = "Makes functions log their import timings. Version 0.1.0"
  compatible_architectures = ["x86_64", "arm64"]
  filename                 = "${local.artifacts}/frostline-layer.zip"
  skip_destroy             = true
}

# Ingest: a batch in, one landing object out.
resource "aws_lambda_function" "ingest" {
  # checkov:skip=CKV_AWS_50: A function that no request of a user waits for.
  # checkov:skip=CKV_AWS_116: What fails goes to the failure bucket, by the on-failure destination of aws_lambda_function_event_invoke_config.ingest.
  # checkov:skip=CKV_AWS_117: Calls nothing but AWS, and needs nothing within a VPC.
  # checkov:skip=CKV_AWS_173: Names of buckets and topics, no secrets; functions_kms_key_arn encrypts them with a customer key.
  # checkov:skip=CKV_AWS_272: The jars are built from source here; signing them is the account's to demand.
  function_name                  = "${var.name}-ingest"
  description                    = "Frostline - log batches to landing objects"
  runtime                        = "java21"
  handler                        = "dev.frostline.ingest.IngestHandler"
  memory_size                    = 1024
  timeout                        = 60
  reserved_concurrent_executions = var.reserved_concurrency
  role                           = aws_iam_role.function["ingest"].arn
  kms_key_arn                    = local.functions_key
  filename                       = "${local.artifacts}/ingest-function-lambda.jar"
  publish                        = true
  tags                           = var.tags

  dynamic "snap_start" {
    for_each = var.ingest_snap_start ? [1] : []
    content {
      apply_on = "PublishedVersions"
    }
  }
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function["ingest"].name
  }
  environment {
    variables = {
      FROSTLINE_LANDING = local.landing
    }
  }
}

resource "aws_lambda_alias" "ingest" {
  name             = "live"
  function_name    = aws_lambda_function.ingest.function_name
  function_version = aws_lambda_function.ingest.version
}

resource "aws_lambda_function_event_invoke_config" "ingest" {
  function_name                = aws_lambda_function.ingest.function_name
  qualifier                    = aws_lambda_alias.ingest.name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600
  destination_config {
    on_failure {
      destination = aws_s3_bucket.failure.arn
    }
  }
  depends_on = [aws_iam_role_policy.ingest]
}

resource "aws_lambda_permission" "ingest" {
  function_name  = aws_lambda_function.ingest.function_name
  qualifier      = aws_lambda_alias.ingest.name
  action         = "lambda:InvokeFunction"
  principal      = "logs.amazonaws.com"
  source_account = local.account
  source_arn     = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:*"
}

# Subscriber: keeps the subscription filters of wrapped functions right.
resource "aws_lambda_function" "subscriber" {
  # checkov:skip=CKV_AWS_50: A function that no request of a user waits for.
  # checkov:skip=CKV_AWS_116: Starts by a schedule; a run that fails is made good by the next.
  # checkov:skip=CKV_AWS_117: Calls nothing but AWS, and needs nothing within a VPC.
  # checkov:skip=CKV_AWS_173: Names of buckets and topics, no secrets; functions_kms_key_arn encrypts them with a customer key.
  # checkov:skip=CKV_AWS_272: The jars are built from source here; signing them is the account's to demand.
  function_name                  = "${var.name}-subscriber"
  description                    = "Frostline - subscribes the log groups of wrapped functions"
  runtime                        = "java21"
  handler                        = "dev.frostline.subscribe.SubscribeHandler"
  memory_size                    = 1024
  timeout                        = 900
  reserved_concurrent_executions = 1
  role                           = aws_iam_role.function["subscriber"].arn
  kms_key_arn                    = local.functions_key
  filename                       = "${local.artifacts}/subscriber-function-lambda.jar"
  tags                           = var.tags

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function["subscriber"].name
  }
  environment {
    variables = {
      FROSTLINE_DESTINATION     = aws_lambda_alias.ingest.arn
      FROSTLINE_FUNCTIONS_REGEX = var.functions_regex
      FROSTLINE_TAG             = var.functions_tag
      FROSTLINE_TOPIC           = aws_sns_topic.report.arn
    }
  }
}

# Needs a CloudTrail trail with management events, as most accounts have; without one the daily run does it.
resource "aws_cloudwatch_event_rule" "subscriber_events" {
  name        = "${var.name}-subscriber-events"
  description = "Frostline - functions and log groups that were made or changed"
  tags        = var.tags
  event_pattern = jsonencode({
    source      = ["aws.lambda", "aws.logs"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail = {
      eventSource = ["lambda.amazonaws.com", "logs.amazonaws.com"]
      eventName = [
        "CreateFunction20150331",
        "UpdateFunctionConfiguration20150331v2",
        "CreateLogGroup",
      ]
    }
  })
}

resource "aws_cloudwatch_event_rule" "subscriber_schedule" {
  name                = "${var.name}-subscriber-schedule"
  description         = "Frostline - puts right what events missed"
  schedule_expression = "rate(1 day)"
  tags                = var.tags
}

# Sync: landing objects to the lake.
resource "aws_lambda_function" "sync" {
  # checkov:skip=CKV_AWS_50: A function that no request of a user waits for.
  # checkov:skip=CKV_AWS_116: Starts by a schedule; a run that fails is made good by the next.
  # checkov:skip=CKV_AWS_117: Calls nothing but AWS, and needs nothing within a VPC.
  # checkov:skip=CKV_AWS_173: Names of buckets and topics, no secrets; functions_kms_key_arn encrypts them with a customer key.
  # checkov:skip=CKV_AWS_272: The jars are built from source here; signing them is the account's to demand.
  function_name                  = "${var.name}-sync"
  description                    = "Frostline - landing objects to the lake"
  runtime                        = "java21"
  handler                        = "dev.frostline.scheduled.SyncHandler"
  memory_size                    = 3008
  timeout                        = 900
  reserved_concurrent_executions = 1
  role                           = aws_iam_role.function["sync"].arn
  kms_key_arn                    = local.functions_key
  s3_bucket                      = aws_s3_object.scheduled.bucket
  s3_key                         = aws_s3_object.scheduled.key
  source_code_hash               = filebase64sha256("${local.artifacts}/scheduled-function-lambda.jar")
  tags                           = var.tags

  ephemeral_storage {
    size = 10240
  }
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function["sync"].name
  }
  environment {
    variables = {
      FROSTLINE_LANDING   = local.landing
      FROSTLINE_STORE     = local.store
      FROSTLINE_LAKE      = local.lake
      FROSTLINE_TOPIC     = local.has_sender ? "" : aws_sns_topic.report.arn
      FROSTLINE_MAIL_FROM = var.report_sender
      FROSTLINE_MAIL_TO   = local.has_sender ? var.report_email : ""
      FROSTLINE_PAGE      = var.page_address
      FROSTLINE_EVENT_BUS = var.event_bus
      FROSTLINE_METRICS   = var.metrics
      FROSTLINE_RAW_DAYS  = var.raw_days
    }
  }
}

resource "aws_cloudwatch_event_rule" "sync_schedule" {
  name                = "${var.name}-sync"
  description         = "Frostline - takes what landed"
  schedule_expression = "rate(1 hour)"
  tags                = var.tags
}

# Report: one page a week.
resource "aws_lambda_function" "report" {
  # checkov:skip=CKV_AWS_50: A function that no request of a user waits for.
  # checkov:skip=CKV_AWS_116: Starts by a schedule; a report that fails can be made at any time from the store.
  # checkov:skip=CKV_AWS_117: Calls nothing but AWS, and needs nothing within a VPC.
  # checkov:skip=CKV_AWS_173: Names of buckets and topics, no secrets; functions_kms_key_arn encrypts them with a customer key.
  # checkov:skip=CKV_AWS_272: The jars are built from source here; signing them is the account's to demand.
  function_name                  = "${var.name}-report"
  description                    = "Frostline - the weekly report"
  runtime                        = "java21"
  handler                        = "dev.frostline.scheduled.ReportHandler"
  memory_size                    = 3008
  timeout                        = 900
  reserved_concurrent_executions = 1
  role                           = aws_iam_role.function["report"].arn
  kms_key_arn                    = local.functions_key
  s3_bucket                      = aws_s3_object.scheduled.bucket
  s3_key                         = aws_s3_object.scheduled.key
  source_code_hash               = filebase64sha256("${local.artifacts}/scheduled-function-lambda.jar")
  tags                           = var.tags

  ephemeral_storage {
    size = 10240
  }
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function["report"].name
  }
  environment {
    variables = {
      FROSTLINE_LAKE      = local.lake
      FROSTLINE_REPORTS   = "s3://${aws_s3_bucket.data.id}/reports"
      FROSTLINE_TOPIC     = local.has_sender ? "" : aws_sns_topic.report.arn
      FROSTLINE_MAIL_FROM = var.report_sender
      FROSTLINE_MAIL_TO   = local.has_sender ? var.report_email : ""
      FROSTLINE_PAGE      = var.page_address
    }
  }
}

resource "aws_cloudwatch_event_rule" "report_schedule" {
  name                = "${var.name}-report"
  description         = "Frostline - Monday morning"
  schedule_expression = "cron(0 6 ? * MON *)"
  tags                = var.tags
}

# What each rule starts.
locals {
  rules = {
    subscriber_events   = { rule = aws_cloudwatch_event_rule.subscriber_events, function = aws_lambda_function.subscriber }
    subscriber_schedule = { rule = aws_cloudwatch_event_rule.subscriber_schedule, function = aws_lambda_function.subscriber }
    sync_schedule       = { rule = aws_cloudwatch_event_rule.sync_schedule, function = aws_lambda_function.sync }
    report_schedule     = { rule = aws_cloudwatch_event_rule.report_schedule, function = aws_lambda_function.report }
  }
}

resource "aws_cloudwatch_event_target" "rule" {
  for_each = local.rules
  rule     = each.value.rule.name
  arn      = each.value.function.arn
}

resource "aws_lambda_permission" "rule" {
  for_each      = local.rules
  function_name = each.value.function.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = each.value.rule.arn
}

resource "aws_sns_topic" "report" {
  # checkov:skip=CKV_AWS_26: Alarms cannot publish under AWS's own key for topics; messages name functions and numbers, no text of logs.
  name = "${var.name}-report"
  tags = var.tags
}

resource "aws_sns_topic_subscription" "report" {
  count     = var.report_email != "" ? 1 : 0
  topic_arn = aws_sns_topic.report.arn
  protocol  = "email"
  endpoint  = var.report_email
}
