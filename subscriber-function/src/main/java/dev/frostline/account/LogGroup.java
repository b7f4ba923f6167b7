package dev.frostline.account;

/**
 * A log group.
 *
 * @param name e.g. {@code /aws/lambda/checkout-api}
 * @param logClass STANDARD, INFREQUENT_ACCESS or DELIVERY; only the first can be subscribed
 */
public record LogGroup(String name, String logClass) {
  private static final String OF_FUNCTIONS = "/aws/lambda/";

  /** Whether its class has subscription filters at all. */
  public boolean canBeSubscribed() {
    return logClass.equals("STANDARD");
  }

  /** The function that a group of the platform's own naming belonged to, or "" for any other. */
  public String functionByName() {
    return name.startsWith(OF_FUNCTIONS) ? name.substring(OF_FUNCTIONS.length()) : "";
  }
}
