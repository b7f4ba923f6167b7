data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  has_key  = var.kms_key_arn != ""
  boundary = var.permissions_boundary != "" ? var.permissions_boundary : null
  bucket   = "arn:${data.aws_partition.here.partition}:s3:::${var.lake_bucket}"
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = ["sts:AssumeRole"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.here.account_id }
      }
    }]
  })
}

resource "aws_security_group" "reader" {
  name_prefix = "${var.name}-reader-"
  description = "Who reaches the load balancer of the page"
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "reader" {
  security_group_id = aws_security_group.reader.id
  description       = "Readers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = var.reader_cidr
}

resource "aws_vpc_security_group_egress_rule" "provider" {
  security_group_id = aws_security_group.reader.id
  description       = "The OIDC provider"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "reader_to_task" {
  security_group_id            = aws_security_group.reader.id
  description                  = "The page"
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.task.id
}

resource "aws_security_group" "task" {
  name_prefix = "${var.name}-task-"
  description = "The task of the page"
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "task" {
  security_group_id            = aws_security_group.task.id
  description                  = "Its load balancer and nobody else"
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = aws_security_group.reader.id
}

resource "aws_vpc_security_group_egress_rule" "task" {
  security_group_id = aws_security_group.task.id
  description       = "S3, the registry, CloudWatch Logs, keys of load balancers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "page" {
  # checkov:skip=CKV_AWS_91: Whom access logs would be written to is the account's to say.
  # checkov:skip=CKV_AWS_150: It holds nothing; destroying the module must take it along.
  # checkov:skip=CKV2_AWS_28: Nobody gets past sign-in; which firewall stands before it is the account's to say.
  name_prefix                = "frost-"
  load_balancer_type         = "application"
  internal                   = var.internal
  subnets                    = var.load_balancer_subnets
  security_groups            = [aws_security_group.reader.id]
  drop_invalid_header_fields = true
  idle_timeout               = 60
  tags                       = var.tags
}

resource "aws_lb_listener" "page" {
  load_balancer_arn = aws_lb.page.arn
  protocol          = "HTTPS"
  port              = 443
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn
  tags              = var.tags

  default_action {
    type  = "authenticate-oidc"
    order = 1
    authenticate_oidc {
      issuer                     = var.oidc.issuer
      authorization_endpoint     = var.oidc.authorization_endpoint
      token_endpoint             = var.oidc.token_endpoint
      user_info_endpoint         = var.oidc.user_info_endpoint
      client_id                  = var.oidc.client_id
      client_secret              = var.client_secret
      scope                      = "openid email"
      session_timeout            = 43200
      on_unauthenticated_request = "authenticate"
    }
  }

  default_action {
    type             = "forward"
    order            = 2
    target_group_arn = aws_lb_target_group.page.arn
  }
}

resource "aws_lb_target_group" "page" {
  name_prefix          = "frost-"
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = 8080
  deregistration_delay = 15
  tags                 = var.tags

  health_check {
    path              = "/healthz"
    interval          = 15
    healthy_threshold = 2
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ecs_cluster" "page" {
  name = var.name
  tags = var.tags

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_cloudwatch_log_group" "page" {
  # checkov:skip=CKV_AWS_158: It says that the page began and what failed, and no name from anybody's logs.
  name_prefix       = "${var.name}-"
  retention_in_days = 365
  tags              = var.tags
}

# Starts the task: its image and its log.
resource "aws_iam_role" "execution" {
  name_prefix          = "${var.name}-execution-"
  path                 = var.role_path
  permissions_boundary = local.boundary
  assume_role_policy   = local.trust
  tags                 = var.tags
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${data.aws_partition.here.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# What the page may do: read the lake, and keep what people accept beside it.
resource "aws_iam_role" "task" {
  name_prefix          = "${var.name}-task-"
  path                 = var.role_path
  permissions_boundary = local.boundary
  assume_role_policy   = local.trust
  tags                 = var.tags
}

resource "aws_iam_role_policy" "task" {
  name = "lake"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [local.bucket]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${local.bucket}/${var.lake_prefix}/*", "${local.bucket}/acknowledgements/*", "${local.bucket}/promises/*", "${local.bucket}/frostline.toml"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:DeleteObject"]
        Resource = ["${local.bucket}/acknowledgements/*"]
      },
      ], [for key in local.has_key ? [var.kms_key_arn] : [] : {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [key]
    }])
  })
}

resource "aws_ecs_task_definition" "page" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 4096
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  tags                     = var.tags

  volume {
    name = "scratch"
  }
  volume {
    name = "cache"
  }

  container_definitions = jsonencode([{
    name                   = "page"
    image                  = var.image
    essential              = true
    readonlyRootFilesystem = true
    stopTimeout            = 20
    command = [
      "serve", "--bind", "0.0.0.0", "--port", "8080", "--url", "https://${var.host_name}",
      "--db", "s3://${var.lake_bucket}/${var.lake_prefix}", "--alb-arn", aws_lb.page.arn, "--issuer", var.oidc.issuer
    ]
    environment = [{ name = "XDG_CACHE_HOME", value = "/cache" }]
    mountPoints = [
      { sourceVolume = "scratch", containerPath = "/tmp" },
      { sourceVolume = "cache", containerPath = "/cache" }
    ]
    portMappings = [{ containerPort = 8080 }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.page.name
        "awslogs-region"        = data.aws_region.here.name
        "awslogs-stream-prefix" = "page"
      }
    }
  }])
}

resource "aws_ecs_service" "page" {
  name                               = var.name
  cluster                            = aws_ecs_cluster.page.id
  task_definition                    = aws_ecs_task_definition.page.arn
  launch_type                        = "FARGATE"
  desired_count                      = 1
  health_check_grace_period_seconds  = 300
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  depends_on                         = [aws_lb_listener.page]
  tags                               = var.tags

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    assign_public_ip = false
    subnets          = var.task_subnets
    security_groups  = [aws_security_group.task.id]
  }

  load_balancer {
    container_name   = "page"
    container_port   = 8080
    target_group_arn = aws_lb_target_group.page.arn
  }
}
