mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/mock" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mock", id = "mock" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-1" }
  }
}

run "plain" {
  assert {
    condition     = output.landing == "s3://mock" && output.destination == "arn:aws:s3:::mock"
    error_message = "the bucket is where filters deliver to and sync takes from"
  }
  assert {
    condition     = strcontains(aws_iam_role.delivery.assume_role_policy, "arn:aws:logs:eu-west-1:123456789012:*")
    error_message = "only filters of this account and Region are written with the role"
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.delivery.policy, "kms:") && strcontains(aws_iam_role_policy.delivery.policy, "arn:aws:s3:::mock/AWSLogs/*")
    error_message = "no key, no permission on keys; nothing but delivered logs is written"
  }
  assert {
    condition     = length(aws_lambda_layer_version.layer) == 0
    error_message = "no layer unless its file is named"
  }
}

run "with_a_key" {
  variables {
    kms_key_arn          = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
    role_path            = "/frostline/"
  }
  assert {
    condition     = strcontains(aws_iam_role_policy.delivery.policy, "kms:GenerateDataKey") && !strcontains(aws_iam_role_policy.delivery.policy, "kms:Decrypt")
    error_message = "delivery encrypts and cannot decrypt"
  }
  assert {
    condition     = aws_iam_role.delivery.permissions_boundary == var.permissions_boundary && aws_iam_role.delivery.path == "/frostline/"
    error_message = "the role is bounded"
  }
}

run "too_short_retention" {
  command = plan
  variables {
    delivery_retention_days = 1
  }
  expect_failures = [var.delivery_retention_days]
}
