# What is kept: landing objects, the lake, reports.
resource "aws_s3_bucket" "data" {
  # checkov:skip=CKV_AWS_18: access_log_bucket turns access logs on; whom they would be written to is the account's to say.
  # checkov:skip=CKV_AWS_21: Files of the lake are written anew every hour and never changed in between; versions would keep each of them.
  # checkov:skip=CKV_AWS_144: What is kept can be made again from the logs of its Region.
  # checkov:skip=CKV2_AWS_62: Nothing is to be started by its objects: sync looks for them.
  bucket_prefix = "${var.name}-"
  tags          = var.tags
}

# Batches that could not be taken hold what functions logged: a bucket of their own, and only for days.
resource "aws_s3_bucket" "failure" {
  # checkov:skip=CKV_AWS_18: access_log_bucket turns access logs on; whom they would be written to is the account's to say.
  # checkov:skip=CKV_AWS_21: Holds what functions logged, and must forget it after days; versions would keep it.
  # checkov:skip=CKV_AWS_144: What is kept can be made again from the logs of its Region.
  # checkov:skip=CKV2_AWS_62: Nothing is to be started by its objects: sync looks for them.
  bucket_prefix = "${var.name}-failures-"
  tags          = var.tags
}

locals {
  buckets = {
    data    = aws_s3_bucket.data
    failure = aws_s3_bucket.failure
  }
}

resource "aws_s3_bucket_public_access_block" "buckets" {
  for_each                = local.buckets
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "buckets" {
  for_each = local.buckets
  bucket   = each.value.id
  rule {
    bucket_key_enabled = local.has_key ? true : null
    apply_server_side_encryption_by_default {
      sse_algorithm     = local.has_key ? "aws:kms" : "AES256"
      kms_master_key_id = local.has_key ? var.kms_key_arn : null
    }
  }
}

resource "aws_s3_bucket_logging" "buckets" {
  for_each      = var.access_log_bucket != "" ? local.buckets : {}
  bucket        = each.value.id
  target_bucket = var.access_log_bucket
  target_prefix = "${var.name}/${each.key}/"
}

resource "aws_s3_bucket_lifecycle_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    id     = "landing"
    status = "Enabled"
    filter {
      prefix = "landing/"
    }
    expiration {
      days = var.landing_retention_days
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

resource "aws_s3_bucket_lifecycle_configuration" "failure" {
  bucket = aws_s3_bucket.failure.id
  rule {
    id     = "failures"
    status = "Enabled"
    filter {}
    expiration {
      days = 4
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

resource "aws_s3_bucket_policy" "buckets" {
  for_each = local.buckets
  bucket   = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncryptedConnections"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]
      Resource  = [each.value.arn, "${each.value.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# Lambda takes a jar of this size from a bucket only.
resource "aws_s3_object" "scheduled" {
  bucket = aws_s3_bucket.data.id
  key    = "code/scheduled-function-lambda.jar"
  source = "${local.artifacts}/scheduled-function-lambda.jar"
  etag   = filemd5("${local.artifacts}/scheduled-function-lambda.jar")
}
