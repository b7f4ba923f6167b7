package dev.frostline.account;

/**
 * An account-level subscription policy: one filter for all log groups of a Region.
 *
 * @param document JSON with DestinationArn, FilterPattern and Distribution
 * @param selection which log groups it leaves out: {@code LogGroupName NOT IN ["…"]}, or ""
 */
public record SubscriptionPolicy(String name, String document, String selection) {}
