variable "name" {
  description = "Begins the name of every resource."
  type        = string
  default     = "frostline-page"
}

variable "image" {
  description = "The container of release/Dockerfile in a registry that the task can reach, by its digest where you can."
  type        = string
}

variable "lake_bucket" {
  description = "Bucket of the lake that compact writes."
  type        = string
}

variable "lake_prefix" {
  description = "Folder of the lake in its bucket. What people accept, owners and budgets are beside it."
  type        = string
  default     = "lake"

  validation {
    condition     = can(regex("^[A-Za-z0-9._=-]+$", var.lake_prefix))
    error_message = "The lake is one folder of its bucket: lake."
  }
}

variable "kms_key_arn" {
  description = "Customer key of the bucket. Empty for the keys of S3."
  type        = string
  default     = ""
}

variable "host_name" {
  description = "Under which people open the page, frostline.example.com; point it at the output load_balancer_name."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of that name in ACM."
  type        = string
}

variable "vpc_id" {
  description = "Network of all."
  type        = string
}

variable "load_balancer_subnets" {
  description = "Two subnets for the load balancer."
  type        = list(string)
}

variable "task_subnets" {
  description = "Subnets for the task; with a way to S3, the registry, CloudWatch Logs and public-keys.auth.elb.REGION.amazonaws.com."
  type        = list(string)
}

variable "internal" {
  description = "Whether the load balancer has private addresses only."
  type        = bool
  default     = true
}

variable "reader_cidr" {
  description = "From where people may reach the load balancer."
  type        = string
  default     = "10.0.0.0/8"
}

variable "oidc" {
  description = "The OIDC provider, as its discovery document writes it; the redirect address is https://HOST_NAME/oauth2/idpresponse."
  type = object({
    issuer                 = string
    authorization_endpoint = string
    token_endpoint         = string
    user_info_endpoint     = string
    client_id              = string
  })
}

variable "client_secret" {
  description = "The provider's client secret; it stands in Terraform's state."
  type        = string
  sensitive   = true
}

variable "permissions_boundary" {
  description = "ARN of a policy that bounds the roles. Empty for none."
  type        = string
  default     = ""
}

variable "role_path" {
  description = "IAM path of the roles."
  type        = string
  default     = "/"
}

variable "tags" {
  description = "Tags of every resource that takes them."
  type        = map(string)
  default     = {}
}
