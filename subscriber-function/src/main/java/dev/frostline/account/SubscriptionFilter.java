package dev.frostline.account;

import org.jspecify.annotations.Nullable;

/**
 * A subscription filter of a log group, as DescribeSubscriptionFilters tells it.
 *
 * @param name of the filter, unique in its log group
 * @param pattern which log events pass, in CloudWatch's filter pattern syntax; empty passes all
 * @param destination ARN they are delivered to: of a function, or of a bucket
 * @param role ARN of the role that CloudWatch Logs delivers with; null where the destination allows
 *     it by itself
 */
public record SubscriptionFilter(
    String name, String pattern, String destination, @Nullable String role) {}
