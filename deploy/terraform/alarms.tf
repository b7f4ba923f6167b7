# Batches wait too long: more of them than the reserved concurrency takes.
resource "aws_cloudwatch_metric_alarm" "lag" {
  alarm_name          = "${var.name}-lag"
  namespace           = "AWS/Lambda"
  metric_name         = "AsyncEventAge"
  dimensions          = { FunctionName = aws_lambda_function.ingest.function_name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 900000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.report.arn]
  tags                = var.tags
}

# Batches given up: they lie in the failure bucket, for frostline replay.
resource "aws_cloudwatch_metric_alarm" "dead_letter" {
  alarm_name          = "${var.name}-dead-letters"
  namespace           = "AWS/Lambda"
  metric_name         = "AsyncEventsDropped"
  dimensions          = { FunctionName = aws_lambda_function.ingest.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.report.arn]
  tags                = var.tags
}

# Landing objects are not taken in: they are kept for landing_retention_days and no longer.
resource "aws_cloudwatch_metric_alarm" "sync" {
  alarm_name          = "${var.name}-sync"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.sync.function_name }
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.report.arn]
  tags                = var.tags
}

# Somebody subscribed the ingest function's own log group to it.
resource "aws_cloudwatch_metric_alarm" "loop" {
  alarm_name  = "${var.name}-own-loop"
  namespace   = "AWS/Logs"
  metric_name = "ForwardedLogEvents"
  dimensions = {
    LogGroupName    = aws_cloudwatch_log_group.function["ingest"].name
    DestinationType = "Lambda"
    FilterName      = "frostline"
  }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.report.arn]
  tags                = var.tags
}

# Nothing is heard any longer: the layer, the subscriptions or the ingest function are gone.
resource "aws_cloudwatch_metric_alarm" "silence" {
  count               = var.metrics == "none" ? 0 : 1
  alarm_name          = "${var.name}-silence"
  namespace           = "Frostline"
  metric_name         = "cold_starts"
  statistic           = "Sum"
  period              = 86400
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.report.arn]
  tags                = var.tags
}

# Sync comes near its time limit: it will leave more from run to run.
resource "aws_cloudwatch_metric_alarm" "sync_duration" {
  alarm_name          = "${var.name}-sync-duration"
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  dimensions          = { FunctionName = aws_lambda_function.sync.function_name }
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 3
  threshold           = 800000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.report.arn]
  tags                = var.tags
}
