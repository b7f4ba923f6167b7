variable "name" {
  description = "Begins the name of every resource."
  type        = string
  default     = "frostline"
}

variable "layer_zip" {
  description = "File of the layer, as deploy/collect puts it. Empty for no layer."
  type        = string
  default     = ""
}

variable "delivery_retention_days" {
  description = "How long delivered logs are kept; the store holds what was in them."
  type        = number
  default     = 30

  validation {
    condition     = var.delivery_retention_days >= 7
    error_message = "Delivered logs are needed for at least 7 days."
  }
}

variable "kms_key_arn" {
  description = "Customer key for the bucket. Empty for the keys of S3."
  type        = string
  default     = ""
}

variable "permissions_boundary" {
  description = "ARN of a policy that bounds the role. Empty for none."
  type        = string
  default     = ""
}

variable "role_path" {
  description = "IAM path of the role and the policy."
  type        = string
  default     = "/"
}

variable "tags" {
  description = "Tags of every resource that takes them."
  type        = map(string)
  default     = {}
}
