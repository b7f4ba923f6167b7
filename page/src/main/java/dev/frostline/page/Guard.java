package dev.frostline.page;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. Other pages of the same browser may not (Host, Origin, SameSite cookie, form token),
 * nor may other users of the machine: the token is only in the fragment of the printed address.
 */
final class Guard {
  private static final int MOST_SESSIONS = 1000;
  private static final SecureRandom RANDOM = new SecureRandom();
  private final String token = secret();
  private final Map<String, Boolean> sessions = Recent.map(MOST_SESSIONS);
  private final String formToken = secret();
  private final int port;
  private final Set<String> hosts;

  Guard(int port) {
    this.port = port;
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  /** What opens the page, once in each browser. */
  String token() {
    return token;
  }

  /** What every form of a page carries back. */
  String formToken() {
    return formToken;
  }

  /** Whether the request is for this server and not for a name that was made to point here. */
  boolean isForUs(Headers headers) {
    List<String> host = headers.get("Host");
    return host != null && host.size() == 1 && hosts.contains(host.get(0));
  }

  /** Who asks: a browser by its session, a program by the token; absent for anybody else. */
  @Nullable String client(Headers headers) {
    String bearer = headers.getFirst("Authorization");
    if (bearer != null && bearer.startsWith("Bearer ")) {
      return isSame(bearer.substring("Bearer ".length()), token) ? "" : null;
    }
    for (String line : headers.getOrDefault("Cookie", List.of())) {
      for (String cookie : line.split(";", -1)) {
        String[] parts = cookie.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(cookieName()) && sessions.get(parts[1]) != null) {
          return parts[1];
        }
      }
    }
    return null;
  }

  /** Whether the request comes from a page of this server. */
  boolean isOwnOrigin(Headers headers) {
    String origin = headers.getFirst("Origin");
    return origin != null
        && origin.startsWith("http://")
        && hosts.contains(origin.substring("http://".length()));
  }

  boolean isToken(@Nullable String given) {
    return given != null && isSame(given, token);
  }

  boolean isFormToken(@Nullable String given) {
    return given != null && isSame(given, formToken);
  }

  /** The cookie of a browser that opens the page now. */
  String cookie() {
    String session = secret();
    sessions.put(session, true);
    return cookieName() + "=" + session + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /** Cookies know no ports: two servers of one machine must not take each other's. */
  private String cookieName() {
    return "frostline-" + port;
  }

  private static boolean isSame(String given, String wanted) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
