# Everything that one may turn on, and a function with the layer.
provider "aws" {
  region = "eu-west-1"
}

variable "artifacts" {
  description = "Folder with the layer and the functions, as deploy/collect puts them."
  type        = string
}

variable "key" {
  description = "ARN of a KMS key that Lambda's roles and CloudWatch Logs may use."
  type        = string
}

variable "access_log_bucket" {
  description = "Bucket that S3 may write access logs to."
  type        = string
}

module "frostline" {
  source                = "../.."
  artifacts             = var.artifacts
  report_email          = "platform@example.org"
  kms_key_arn           = var.key
  functions_kms_key_arn = var.key
  access_log_bucket     = var.access_log_bucket
  tags                  = { team = "platform" }
}

output "layer_arn" {
  description = "For the layers of a function."
  value       = module.frostline.layer_arn
}
