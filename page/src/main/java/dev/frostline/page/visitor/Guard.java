package dev.frostline.page.visitor;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests against the addresses of this server. Other pages of the same browser may not ask
 * (Host, Origin, SameSite cookie, form token).
 */
public final class Guard {
  private static final int MOST_READERS = 1000;
  private final Map<String, String> formTokens = Recent.map(MOST_READERS);
  private final Set<String> origins;
  private final Set<String> hosts;
  private final String cookieName;
  private final String cookieKind;

  /**
   * @param here the name of this machine that the page is opened under
   * @param url the address for readers on other machines; empty where there is none
   */
  public Guard(String here, int port, String url) {
    origins =
        url.isEmpty()
            ? Set.copyOf(List.of("http://" + here + ":" + port, "http://localhost:" + port))
            : Set.of(url);
    hosts =
        Set.copyOf(origins.stream().map(origin -> origin.replaceFirst("^https?://", "")).toList());
    cookieName = "frostline-" + port; // cookies know no ports: servers must not take each other's
    cookieKind =
        "; Path=/; HttpOnly; SameSite=Strict" + (url.startsWith("https:") ? "; Secure" : "");
  }

  /** Whether the request is for this server and not for a name that was made to point here. */
  public boolean isForUs(Headers headers) {
    List<String> host = headers.get("Host");
    return host != null && host.size() == 1 && hosts.contains(host.get(0));
  }

  /** Whether the request comes from a page of this server. */
  public boolean isOwnOrigin(Headers headers) {
    String origin = headers.getFirst("Origin");
    return origin != null && origins.contains(origin);
  }

  /** The session that a browser sends; absent without one. */
  public @Nullable String session(Headers headers) {
    for (String line : headers.getOrDefault("Cookie", List.of())) {
      for (String cookie : line.split(";", -1)) {
        String[] parts = cookie.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(cookieName)) {
          return parts[1];
        }
      }
    }
    return null;
  }

  /** The cookie of a browser that opens the page now. */
  public String cookie(String session) {
    return cookieName + "=" + session + cookieKind;
  }

  /** What every form of a page carries back; nobody else's is of use. */
  public String formToken(Visitor visitor) {
    return formTokens.computeIfAbsent(visitor.name(), name -> Secrets.random());
  }

  public boolean isFormToken(@Nullable String given, Visitor visitor) {
    return given != null && Secrets.isSame(given, formToken(visitor));
  }
}
