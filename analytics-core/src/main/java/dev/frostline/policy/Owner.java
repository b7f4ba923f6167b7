package dev.frostline.policy;

/**
 * Who looks after some functions.
 *
 * @param repo where their code is, {@code https://github.com/acme/checkout}; empty where nobody
 *     says
 * @param channels where the team hears of findings
 */
public record Owner(FunctionPattern functions, String team, String repo, Channels channels) {
  private static final String ADDRESS = "https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~%/-]*)?";

  public Owner {
    if (!repo.isEmpty() && !repo.matches(ADDRESS)) {
      throw new IllegalArgumentException(
          "repo is an address such as \"https://github.com/acme/checkout\", not \"" + repo + "\"");
    }
  }

  /** One that hears of nothing. */
  public Owner(FunctionPattern functions, String team, String repo) {
    this(functions, team, repo, Channels.NONE);
  }
}
