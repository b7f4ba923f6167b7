variable "name" {
  description = "Begins the name of every resource."
  type        = string
  default     = "frostline"
}

variable "artifacts" {
  description = "Folder with the layer and the functions, as deploy/collect puts them. Empty for deploy/artifacts of this checkout."
  type        = string
  default     = ""
}

variable "reserved_concurrency" {
  description = "Most ingest functions at once. What does not fit waits up to six hours."
  type        = number
  default     = 10
}

variable "ingest_snap_start" {
  description = "Whether the ingest function starts from a snapshot (SnapStart). Without one a cold start takes some 0.2 s of CPU more."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How long the logs of Frostline's own functions are kept."
  type        = number
  default     = 30
}

variable "landing_retention_days" {
  description = "How long landing objects are kept; the lake holds what was in them."
  type        = number
  default     = 30

  validation {
    condition     = var.landing_retention_days >= 7
    error_message = "Landing objects are needed for at least 7 days."
  }
}

variable "raw_days" {
  description = "How many days stay in the lake as they were delivered, 7 or more; older ones are thinned out. 0 for what frostline.toml says, or all."
  type        = number
  default     = 0

  validation {
    condition     = var.raw_days == 0 || var.raw_days >= 7
    error_message = "Raw days are 0, or 7 or more."
  }
}

variable "log_group_prefix" {
  description = "The subscriber may only touch log groups whose names begin so."
  type        = string
  default     = "/aws/lambda/"
}

variable "functions_regex" {
  description = "Subscribe functions of such names too, with or without the layer. Empty for none."
  type        = string
  default     = ""
}

variable "functions_tag" {
  description = "Subscribe functions with this tag (KEY or KEY=VALUE) too. Empty for none."
  type        = string
  default     = ""
}

variable "wrap_tag" {
  description = "The wrapper policy may only change functions with this tag (KEY or KEY=VALUE). Empty for every function."
  type        = string
  default     = "frostline"
}

variable "report_sender" {
  description = "Address that SES may send from. The report is then a mail with a page; empty for text by SNS."
  type        = string
  default     = ""
}

variable "page_address" {
  description = "Address of frostline serve, https://frostline.example.com, which the report leads to. Empty for none."
  type        = string
  default     = ""
}

variable "report_email" {
  description = "Who gets the weekly report and the alarms. Empty for nobody."
  type        = string
  default     = ""
}

variable "event_bus" {
  description = "Name of an event bus of EventBridge in this Region that gets every finding as it comes and goes. Empty for none."
  type        = string
  default     = ""
}

variable "notification_secrets" {
  description = "ARNs of the secrets and parameters that frostline.toml names for Slack and Teams."
  type        = list(string)
  default     = []
}

variable "metrics" {
  description = "Metrics in CloudWatch, which bills each by the month - none, four of the fleet, or four of each function too (functions)."
  type        = string
  default     = "fleet"

  validation {
    condition     = contains(["none", "fleet", "functions"], var.metrics)
    error_message = "Metrics are none, fleet or functions."
  }
}

variable "kms_key_arn" {
  description = "Customer key for the buckets. Empty for the keys of S3."
  type        = string
  default     = ""
}

variable "functions_kms_key_arn" {
  description = "Customer key for the logs and the environment variables of Frostline's own functions. Its policy must let CloudWatch Logs use it. Empty for AWS's keys."
  type        = string
  default     = ""
}

variable "access_log_bucket" {
  description = "Bucket that S3 writes access logs of the buckets to. Empty for none."
  type        = string
  default     = ""
}

variable "permissions_boundary" {
  description = "ARN of a policy that bounds every role. Empty for none."
  type        = string
  default     = ""
}

variable "role_path" {
  description = "IAM path of every role and policy."
  type        = string
  default     = "/"
}

variable "tags" {
  description = "Tags of every resource that takes them."
  type        = map(string)
  default     = {}
}
