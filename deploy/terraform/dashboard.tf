# Cold starts, findings and Frostline's own functions at a glance.
resource "aws_cloudwatch_dashboard" "dashboard" {
  count          = var.metrics == "none" ? 0 : 1
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [
      { type = "metric", x = 0, y = 0, width = 12, height = 6, properties = { title = "Init of cold starts", region = local.region, view = "timeSeries", metrics = [["Frostline", "init_ms", { stat = "p50", label = "p50" }], ["...", { stat = "p95", label = "p95" }], ["...", { stat = "p99", label = "p99" }]], period = 3600, yAxis = { left = { label = "ms", showUnits = false, min = 0 } } } },
      { type = "metric", x = 12, y = 0, width = 6, height = 6, properties = { title = "Restores of SnapStart", region = local.region, view = "timeSeries", metrics = [["Frostline", "restore_ms", { stat = "p50", label = "p50" }], ["...", { stat = "p95", label = "p95" }]], period = 3600, yAxis = { left = { label = "ms", showUnits = false, min = 0 } } } },
      { type = "metric", x = 18, y = 0, width = 6, height = 6, properties = { title = "Cold starts", region = local.region, view = "timeSeries", metrics = [["Frostline", "cold_starts", { stat = "Sum", label = "an hour" }]], period = 3600, yAxis = { left = { showUnits = false, min = 0 } } } },
      { type = "metric", x = 0, y = 6, width = 6, height = 6, properties = { title = "Findings that are open", region = local.region, view = "timeSeries", metrics = [["Frostline", "findings_open", { stat = "Maximum", label = "open" }]], period = 3600, yAxis = { left = { showUnits = false, min = 0 } } } },
      { type = "log", x = 6, y = 6, width = 18, height = 6, properties = { title = "What was told", region = local.region, view = "table", query = "SOURCE '${aws_cloudwatch_log_group.function["sync"].name}' | fields @timestamp, @message | filter @message like /^told / | sort @timestamp desc | limit 20" } },
      { type = "metric", x = 0, y = 12, width = 8, height = 6, properties = { title = "Age of batches that wait", region = local.region, view = "timeSeries", metrics = [["AWS/Lambda", "AsyncEventAge", "FunctionName", aws_lambda_function.ingest.function_name, { stat = "Maximum", label = "oldest" }]], period = 300, yAxis = { left = { label = "ms", showUnits = false, min = 0 } } } },
      { type = "metric", x = 8, y = 12, width = 8, height = 6, properties = { title = "Errors and lost batches", region = local.region, view = "timeSeries", metrics = [["AWS/Lambda", "Errors", "FunctionName", aws_lambda_function.ingest.function_name, { stat = "Sum", label = "ingest" }], ["...", aws_lambda_function.sync.function_name, { stat = "Sum", label = "sync" }], ["...", aws_lambda_function.report.function_name, { stat = "Sum", label = "report" }], ["AWS/Lambda", "AsyncEventsDropped", "FunctionName", aws_lambda_function.ingest.function_name, { stat = "Sum", label = "lost" }]], period = 3600, yAxis = { left = { showUnits = false, min = 0 } } } },
      { type = "metric", x = 16, y = 12, width = 8, height = 6, properties = { title = "Time of a sync", region = local.region, view = "timeSeries", metrics = [["AWS/Lambda", "Duration", "FunctionName", aws_lambda_function.sync.function_name, { stat = "Maximum", label = "longest" }]], period = 3600, yAxis = { left = { label = "ms", showUnits = false, min = 0 } } } }
    ]
  })
}
