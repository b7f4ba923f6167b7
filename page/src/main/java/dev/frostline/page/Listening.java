package dev.frostline.page;

import dev.frostline.page.visitor.Visitors;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;

/**
 * Where the page can be reached, and by whom.
 *
 * @param address of this machine; others reach it unless it is a loopback one
 * @param port 0 for any free one
 * @param url as its readers write it, {@code https://frostline.example.com}, which requests are
 *     held against; empty for this machine's own
 * @param openMetrics whether anybody may read {@code /metrics}
 * @param renewal how long between two looks at the lake; zero for none
 */
public record Listening(
    InetAddress address,
    int port,
    String url,
    Visitors visitors,
    boolean openMetrics,
    Duration renewal) {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /**
   * Checks that what others reach asks who they are.
   *
   * @throws IllegalArgumentException with a sentence for who started it
   */
  public Listening {
    url = url.isEmpty() ? "" : origin(url);
    if (!address.isLoopbackAddress() && url.isEmpty()) {
      throw new IllegalArgumentException(
          "Say under which address people open the page: --url https://frostline.example.com");
    }
  }

  /** For who started it alone. */
  public static Listening here(int port) {
    try {
      return new Listening(
          InetAddress.getByAddress(LOOPBACK), port, "", Visitors.own(), false, Duration.ZERO);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }

  /** The name of this machine in addresses. */
  String host() {
    return address instanceof Inet4Address ? address.getHostAddress() : "localhost";
  }

  /** As browsers send it in {@code Origin}. */
  private static String origin(String url) {
    URI uri = URI.create(url.replaceFirst("/$", ""));
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String rest = uri.getRawPath() + uri.getRawQuery() + uri.getRawFragment() + uri.getUserInfo();
    if (!scheme.matches("https?") || uri.getHost() == null || !rest.equals("nullnullnull")) {
      throw new IllegalArgumentException(
          "No address of a page: "
              + url
              + ". Write https://frostline.example.com, without a path.");
    }
    int port = uri.getPort();
    boolean isUsual = port == -1 || port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (isUsual ? "" : ":" + port);
  }
}
