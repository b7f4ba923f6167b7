output "layer_arn" {
  description = "For frostline wrap plan --layer"
  value       = aws_lambda_layer_version.layer.arn
}

output "destination" {
  description = "For frostline subscribe and doctor, as --destination or FROSTLINE_DESTINATION"
  value       = aws_lambda_alias.ingest.arn
}

output "landing" {
  description = "For frostline sync"
  value       = local.landing
}

output "failures" {
  description = "For frostline replay"
  value       = "s3://${aws_s3_bucket.failure.id}"
}

output "reports" {
  description = "Where the weekly reports are"
  value       = "s3://${aws_s3_bucket.data.id}/reports"
}

output "reader_policy" {
  description = "Lets people read what is kept"
  value       = aws_iam_policy.reader.arn
}

output "doctor_policy" {
  description = "Lets people look why a function is silent"
  value       = aws_iam_policy.doctor.arn
}

output "wrapper_policy" {
  description = "Lets people and pipelines put the layer on"
  value       = aws_iam_policy.wrapper.arn
}
