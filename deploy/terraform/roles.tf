locals {
  boundary = var.permissions_boundary != "" ? var.permissions_boundary : null
  by_lambda = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = ["sts:AssumeRole"]
    }]
  })
  every_function = "arn:${local.partition}:lambda:${local.region}:${local.account}:function:*"
}

resource "aws_iam_role" "function" {
  for_each             = local.functions
  name_prefix          = "${var.name}-${each.key}-"
  path                 = var.role_path
  permissions_boundary = local.boundary
  assume_role_policy   = local.by_lambda
  tags                 = var.tags
}

resource "aws_iam_role_policy" "ingest" {
  name = "ingest"
  role = aws_iam_role.function["ingest"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["${aws_s3_bucket.data.arn}/landing/*", "${aws_s3_bucket.failure.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [aws_s3_bucket.failure.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.function["ingest"].arn}:*"]
      },
      ], [for key in local.has_key ? [var.kms_key_arn] : [] : {
        Effect   = "Allow"
        Action   = ["kms:GenerateDataKey"]
        Resource = [key]
    }])
  })
}

resource "aws_iam_role_policy" "subscriber" {
  name = "subscriber"
  role = aws_iam_role.function["subscriber"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # these two know no resources
        Effect   = "Allow"
        Action   = ["lambda:ListFunctions", "logs:DescribeLogGroups"]
        Resource = ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:GetFunctionConfiguration", "lambda:ListTags"]
        Resource = [local.every_function]
      },
      {
        Effect = "Allow"
        Action = [
          "logs:DescribeSubscriptionFilters",
          "logs:PutSubscriptionFilter",
          "logs:DeleteSubscriptionFilter",
        ]
        Resource = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${var.log_group_prefix}*"]
      },
      {
        Effect   = "Deny"
        Action   = ["logs:PutSubscriptionFilter"]
        Resource = [for group in aws_cloudwatch_log_group.function : "${group.arn}:*"]
      },
      {
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = [aws_sns_topic.report.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.function["subscriber"].arn}:*"]
      },
    ]
  })
}

resource "aws_iam_role_policy" "sync" {
  name = "sync"
  role = aws_iam_role.function["sync"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect = "Allow"
        Action = ["s3:GetObject"]
        Resource = [
          "${aws_s3_bucket.data.arn}/landing/*",
          "${aws_s3_bucket.data.arn}/store/*",
          "${aws_s3_bucket.data.arn}/lake/*",
          "${aws_s3_bucket.data.arn}/acknowledgements/*",
          "${aws_s3_bucket.data.arn}/promises/*",
          "${aws_s3_bucket.data.arn}/frostline.toml",
          "${aws_s3_bucket.data.arn}/notifications.json*",
          "${aws_s3_bucket.data.arn}/metrics-until",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = [for part in ["lake/*", "acknowledgements/*", "promises/*", "notifications.json*", "metrics-until"] : "${aws_s3_bucket.data.arn}/${part}"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:DeleteObject"]
        Resource = ["${aws_s3_bucket.data.arn}/lake/*", "${aws_s3_bucket.data.arn}/notifications.json.lock"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [aws_s3_bucket.data.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = [aws_sns_topic.report.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.function["sync"].arn}:*"]
      },
      ], [for sender in local.has_sender ? [var.report_sender] : [] : {
        Effect    = "Allow"
        Action    = ["ses:SendRawEmail"]
        Resource  = ["arn:${local.partition}:ses:${local.region}:${local.account}:identity/*"]
        Condition = { StringEquals = { "ses:FromAddress" = sender } }
        }], [for secrets in length(var.notification_secrets) > 0 ? [var.notification_secrets] : [] : {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "ssm:GetParameter"]
        Resource = secrets
        }], [for bus in var.event_bus != "" ? [var.event_bus] : [] : {
        Effect   = "Allow"
        Action   = ["events:PutEvents"]
        Resource = ["arn:${local.partition}:events:${local.region}:${local.account}:event-bus/${bus}"]
        }], [for key in local.has_key ? [var.kms_key_arn] : [] : {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [key]
    }])
  })
}

resource "aws_iam_role_policy" "report" {
  name = "report"
  role = aws_iam_role.function["report"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for part in ["lake/*", "reports/*", "acknowledgements/*", "promises/*", "frostline.toml"] : "${aws_s3_bucket.data.arn}/${part}"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["${aws_s3_bucket.data.arn}/reports/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [aws_s3_bucket.data.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = [aws_sns_topic.report.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.function["report"].arn}:*"]
      },
      ], [for sender in local.has_sender ? [var.report_sender] : [] : {
        Effect    = "Allow"
        Action    = ["ses:SendRawEmail"]
        Resource  = ["arn:${local.partition}:ses:${local.region}:${local.account}:identity/*"]
        Condition = { StringEquals = { "ses:FromAddress" = sender } }
        }], [for secrets in length(var.notification_secrets) > 0 ? [var.notification_secrets] : [] : {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "ssm:GetParameter"]
        Resource = secrets
        }], [for key in local.has_key ? [var.kms_key_arn] : [] : {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [key]
    }])
  })
}

# For people and pipelines, attached to nobody.
resource "aws_iam_policy" "reader" {
  name_prefix = "${var.name}-reader-"
  path        = var.role_path
  description = "Reads what Frostline keeps - frostline sync, reports, the lake"
  tags        = var.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${aws_s3_bucket.data.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [aws_s3_bucket.data.arn]
      },
      ], [for key in local.has_key ? [var.kms_key_arn] : [] : {
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [key]
    }])
  })
}

resource "aws_iam_policy" "doctor" {
  name_prefix = "${var.name}-doctor-"
  path        = var.role_path
  description = "Looks why a function is silent - frostline doctor, subscribe status, wrap status"
  tags        = var.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # these three know no resources
        Effect   = "Allow"
        Action   = ["lambda:ListFunctions", "logs:DescribeLogGroups", "cloudwatch:GetMetricData"]
        Resource = ["*"]
      },
      {
        Effect = "Allow"
        Action = [
          "lambda:GetFunctionConcurrency",
          "lambda:GetFunctionConfiguration",
          "lambda:GetPolicy",
          "lambda:ListTags",
        ]
        Resource = [local.every_function]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:DescribeSubscriptionFilters"]
        Resource = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:*"]
      },
    ]
  })
}

resource "aws_iam_policy" "wrapper" {
  name_prefix = "${var.name}-wrapper-"
  path        = var.role_path
  description = "Puts the layer on functions - frostline wrap"
  tags        = var.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # knows no resources
        Effect   = "Allow"
        Action   = ["lambda:ListFunctions"]
        Resource = ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:GetFunctionConfiguration", "lambda:ListTags"]
        Resource = [local.every_function]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:UpdateFunctionConfiguration"]
        Resource = [local.every_function]
        Condition = { for tag in var.wrap_tag != "" ? [split("=", var.wrap_tag)] : [] :
          "StringLike" => { "aws:ResourceTag/${tag[0]}" = try(tag[1], "*") }
        }
      },
      { # Lambda asks for every layer that stays on a function too
        Effect   = "Allow"
        Action   = ["lambda:GetLayerVersion"]
        Resource = ["arn:${local.partition}:lambda:${local.region}:*:layer:*"]
      },
    ]
  })
}
