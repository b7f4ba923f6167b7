package dev.frostline.account;

/**
 * A log group.
 *
 * @param name e.g. {@code /aws/lambda/checkout-api}
 * @param logClass STANDARD, INFREQUENT_ACCESS or DELIVERY; functions can be subscribed to the first
 *     alone, buckets to the last
 */
public record LogGroup(String name, String logClass) {
  private static final String OF_FUNCTIONS = "/aws/lambda/";

  /** The group that a function logs to unless its configuration names another. */
  public static String defaultOf(String function) {
    return OF_FUNCTIONS + function;
  }

  /** Whether its class delivers to functions. */
  public boolean canBeSubscribed() {
    return logClass.equals("STANDARD");
  }

  /** Whether its class delivers to a bucket, with no function between. */
  public boolean canBeDelivered() {
    return logClass.equals("DELIVERY");
  }

  /** The function that a group of the platform's own naming belonged to, or "" for any other. */
  public String functionByName() {
    return name.startsWith(OF_FUNCTIONS) ? name.substring(OF_FUNCTIONS.length()) : "";
  }
}
