data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  has_key = var.kms_key_arn != ""
}

resource "aws_lambda_layer_version" "layer" {
  count                    = var.layer_zip != "" ? 1 : 0
  layer_name               = "frostline"
  description              = "Makes functions log their import timings. Version 0.1.0"
  compatible_architectures = ["x86_64", "arm64"]
  filename                 = var.layer_zip
  source_code_hash         = filebase64sha256(var.layer_zip)
}

# What CloudWatch Logs delivers: the lines that the filter lets through, and no others.
resource "aws_s3_bucket" "delivery" {
  # checkov:skip=CKV_AWS_18: Whom access logs would be written to is the account's to say.
  # checkov:skip=CKV_AWS_21: Holds what functions logged, and must forget it after days; versions would keep it.
  # checkov:skip=CKV_AWS_144: What is kept can be made again from the logs of its Region.
  # checkov:skip=CKV2_AWS_62: Nothing is to be started by its objects: sync looks for them.
  bucket_prefix = "${var.name}-delivery-"
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "delivery" {
  bucket                  = aws_s3_bucket.delivery.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "delivery" {
  bucket = aws_s3_bucket.delivery.id
  rule {
    bucket_key_enabled = local.has_key ? true : null
    apply_server_side_encryption_by_default {
      sse_algorithm     = local.has_key ? "aws:kms" : "AES256"
      kms_master_key_id = local.has_key ? var.kms_key_arn : null
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "delivery" {
  bucket = aws_s3_bucket.delivery.id
  rule {
    id     = "delivered"
    status = "Enabled"
    filter {
      prefix = "AWSLogs/"
    }
    expiration {
      days = var.delivery_retention_days
    }
  }
  rule {
    id     = "cut-uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

resource "aws_s3_bucket_policy" "delivery" {
  bucket = aws_s3_bucket.delivery.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncryptedConnections"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]
      Resource  = [aws_s3_bucket.delivery.arn, "${aws_s3_bucket.delivery.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# CloudWatch Logs writes with it, for filters of this account and Region alone.
resource "aws_iam_role" "delivery" {
  name_prefix          = "${var.name}-delivery-"
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary != "" ? var.permissions_boundary : null
  tags                 = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logs.amazonaws.com" }
      Action    = ["sts:AssumeRole"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.here.account_id }
        ArnLike = {
          "aws:SourceArn" = "arn:${data.aws_partition.here.partition}:logs:${data.aws_region.here.name}:${data.aws_caller_identity.here.account_id}:*"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "delivery" {
  name = "delivery"
  role = aws_iam_role.delivery.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["${aws_s3_bucket.delivery.arn}/AWSLogs/*"]
      },
      ], [for key in local.has_key ? [var.kms_key_arn] : [] : {
        Effect   = "Allow"
        Action   = ["kms:GenerateDataKey"]
        Resource = [key]
    }])
  })
}

# For people and pipelines, attached to nobody.
resource "aws_iam_policy" "reader" {
  name_prefix = "${var.name}-delivery-reader-"
  path        = var.role_path
  description = "Reads what CloudWatch Logs delivered - frostline sync"
  tags        = var.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${aws_s3_bucket.delivery.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [aws_s3_bucket.delivery.arn]
      },
      ], [for key in local.has_key ? [var.kms_key_arn] : [] : {
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [key]
    }])
  })
}
