mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/mock/50dc6c495c0c9188" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/mock/50dc6c495c0c9188" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/mock:1" }
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

variables {
  image                 = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/frostline:0.1.0"
  lake_bucket           = "acme-frostline"
  host_name             = "frostline.example.com"
  certificate_arn       = "arn:aws:acm:eu-west-1:123456789012:certificate/0"
  vpc_id                = "vpc-0"
  load_balancer_subnets = ["subnet-0", "subnet-1"]
  task_subnets          = ["subnet-2"]
  client_secret         = "secret"
  oidc = {
    issuer                 = "https://login.example.com"
    authorization_endpoint = "https://login.example.com/authorize"
    token_endpoint         = "https://login.example.com/token"
    user_info_endpoint     = "https://login.example.com/userinfo"
    client_id              = "frostline"
  }
}

run "plain" {
  assert {
    condition     = strcontains(aws_ecs_task_definition.page.container_definitions, "loadbalancer/app/mock/50dc6c495c0c9188") && strcontains(aws_ecs_task_definition.page.container_definitions, "https://login.example.com")
    error_message = "the page lets in whom its own load balancer signed in"
  }
  assert {
    condition     = !strcontains(aws_ecs_task_definition.page.container_definitions, "secret")
    error_message = "the page does not know the provider's secret"
  }
  assert {
    condition     = strcontains(aws_iam_role_policy.task.policy, "acme-frostline/acknowledgements/*") && !strcontains(aws_iam_role_policy.task.policy, "kms:")
    error_message = "no key, no permission on keys"
  }
  assert {
    condition     = aws_lb.page.internal && output.page == "https://frostline.example.com"
    error_message = "private unless it is asked for"
  }
}

run "with_a_key" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1"
  }
  assert {
    condition     = strcontains(aws_iam_role_policy.task.policy, "key/1")
    error_message = "what is encrypted is read and written with its key"
  }
}

run "lake_of_two_folders" {
  command = plan
  variables {
    lake_prefix = "a/b"
  }
  expect_failures = [var.lake_prefix]
}
