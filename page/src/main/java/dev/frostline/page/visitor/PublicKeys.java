package dev.frostline.page.visitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a Region's load balancers, each below its name as PEM. Whoever reaches the
 * page can name any key, so names have one form and after one that is not there nothing is asked
 * for a second.
 */
final class PublicKeys {
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,64}");
  private static final int KEPT = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = 1_000_000_000;

  private final URI place;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Map<String, PublicKey> known = Recent.map(KEPT);
  private @Nullable Long failed;

  PublicKeys(URI place) {
    this.place = URI.create(place.toString().replaceFirst("/*$", "/"));
  }

  /** The key of that name; absent where there is none, or it cannot be had now. */
  @Nullable PublicKey get(String name) {
    if (!NAME.matcher(name).matches()) {
      return null;
    }
    PublicKey key = known.get(name);
    return key != null ? key : fetched(name);
  }

  private synchronized @Nullable PublicKey fetched(String name) {
    PublicKey other = known.get(name);
    if (other != null || (failed != null && System.nanoTime() - failed < PAUSE_NANOS)) {
      return other;
    }
    try {
      PublicKey key = fetch(name);
      known.put(name, key);
      return key;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      failed = System.nanoTime();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private PublicKey fetch(String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(place.resolve(name)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("There is no key " + name);
    }
    String der = answer.body().replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(der)));
  }
}
