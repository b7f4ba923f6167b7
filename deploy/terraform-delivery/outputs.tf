output "layer_arn" {
  description = "For frostline wrap plan --layer"
  value       = one(aws_lambda_layer_version.layer[*].arn)
}

output "destination" {
  description = "For frostline subscribe, as --destination or FROSTLINE_DESTINATION"
  value       = aws_s3_bucket.delivery.arn
}

output "role" {
  description = "For frostline subscribe plan --role"
  value       = aws_iam_role.delivery.arn
}

output "landing" {
  description = "For frostline sync"
  value       = "s3://${aws_s3_bucket.delivery.id}"
}

output "reader_policy" {
  description = "Lets people read what is delivered"
  value       = aws_iam_policy.reader.arn
}
