package dev.frostline.account;

/**
 * A subscription filter of a log group, as DescribeSubscriptionFilters tells it.
 *
 * @param name of the filter, unique in its log group
 * @param pattern which log events pass, in CloudWatch's filter pattern syntax; empty passes all
 * @param destination ARN they are delivered to
 */
public record SubscriptionFilter(String name, String pattern, String destination) {}
