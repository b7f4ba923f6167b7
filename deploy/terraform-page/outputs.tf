output "load_balancer_name" {
  description = "What the host name points to"
  value       = aws_lb.page.dns_name
}

output "page" {
  description = "For page_address of deploy/terraform, so that reports lead here"
  value       = "https://${var.host_name}"
}
