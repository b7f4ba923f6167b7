package dev.frostline.page.visitor;

import org.jspecify.annotations.Nullable;

/** One token for each start, in the fragment of the printed address, which no browser sends. */
final class PrintedToken implements Tokens {
  private final String token = Secrets.random();
  private final String hash = Secrets.hash(token);

  @Override
  public @Nullable String nameOf(String given) {
    return Secrets.isSame(given, hash) ? "" : null;
  }

  @Override
  public String printed() {
    return token;
  }

  @Override
  public String words() {
    return "Open the whole address that frostline serve printed, or paste what stands behind #t= in"
        + " it.";
  }
}
