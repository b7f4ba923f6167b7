package dev.frostline.policy;

import java.util.List;

/**
 * Where a team hears of findings.
 *
 * @param slack where the address of its Slack webhook is kept, {@code env:SLACK_PAYMENTS}; empty
 *     for none
 * @param teams the same of its Teams workflow
 * @param mail its addresses
 * @param everything whether it hears of every function, not of its own alone
 */
public record Channels(String slack, String teams, List<String> mail, boolean everything) {
  /** None. */
  public static final Channels NONE = new Channels("", "", List.of(), false);

  private static final String REFERENCE =
      "env:[A-Za-z_][A-Za-z0-9_]*"
          + "|secretsmanager:[A-Za-z0-9/_+=.@:-]+(#[A-Za-z0-9_.-]+)?"
          + "|ssm:[A-Za-z0-9/_.:-]+";
  private static final String ADDRESS = "[\\x21-\\x7e&&[^,;<>\"]]+@[A-Za-z0-9.-]+";

  public Channels {
    mail = List.copyOf(mail);
    reference("slack", slack);
    reference("teams", teams);
    for (String address : mail) {
      if (!address.matches(ADDRESS)) {
        throw new IllegalArgumentException(
            "mail is an address such as \"payments@example.com\", several by comma, not \""
                + address
                + "\"");
      }
    }
  }

  /** Whoever has the address of a webhook can write there: it is a secret, and stays out. */
  private static void reference(String key, String where) {
    if (!where.isEmpty() && !where.matches(REFERENCE)) {
      throw new IllegalArgumentException(
          key
              + " says where the webhook's address is kept, never the address itself: "
              + "\"env:NAME\", \"secretsmanager:NAME\" or \"ssm:/PATH\"");
    }
  }
}
