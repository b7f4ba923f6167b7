package dev.frostline.page.visitor;

import com.sun.net.httpserver.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Visitors with a token: programs send it each time, browsers once for a session. A session ends
 * when its token is no longer good.
 */
final class Sessions implements Visitors {
  private static final int MOST_SESSIONS = 1000;
  private static final String BEARER = "Bearer ";
  private final Tokens tokens;

  /** The hash of the token that opened a session. */
  private final Map<String, String> sessions = Recent.map(MOST_SESSIONS);

  Sessions(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public @Nullable Visitor of(Headers headers, @Nullable String session) {
    String bearer = headers.getFirst("Authorization");
    if (bearer != null && bearer.startsWith(BEARER)) {
      String hash = Secrets.hash(bearer.substring(BEARER.length()));
      String name = tokens.nameOf(hash);
      return name == null ? null : new Visitor(name, hash);
    }
    String hash = session == null ? null : sessions.get(session);
    String name = hash == null ? null : tokens.nameOf(hash);
    return name == null ? null : new Visitor(name, String.valueOf(session));
  }

  @Override
  public @Nullable String open(@Nullable String token) {
    String hash = Secrets.hash(String.valueOf(token).strip());
    if (tokens.nameOf(hash) == null) {
      return null;
    }
    String session = Secrets.random();
    sessions.put(session, hash);
    return session;
  }

  @Override
  public String printed() {
    return tokens.printed();
  }

  @Override
  public Closed closed() {
    return new Closed(tokens.words(), true);
  }
}
