package dev.frostline.page.visitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visitors whom an Application Load Balancer signed in with OIDC: it says who they are in {@code
 * x-amzn-oidc-data}, a JSON Web Token of ES256 whose parts are base64url with padding. Good are
 * those alone that this load balancer signed, for this issuer, and that are not over.
 */
final class SignedIn implements Visitors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Claims that name a person, the most readable first. */
  private static final List<String> NAMES =
      List.of("email", "preferred_username", "username", "name", "sub");

  private final String arn;
  private final String issuer;
  private final PublicKeys keys;

  SignedIn(String arn, String issuer, PublicKeys keys) {
    this.arn = arn;
    this.issuer = issuer;
    this.keys = keys;
  }

  @Override
  public @Nullable Visitor of(Headers headers, @Nullable String session) {
    List<String> given = headers.get("x-amzn-oidc-data");
    if (given == null || given.size() != 1) {
      return null;
    }
    String[] parts = given.get(0).split("\\.", -1);
    try {
      return parts.length == 3 ? visitor(parts) : null;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return null; // it is no token
    }
  }

  private @Nullable Visitor visitor(String[] parts) throws IOException, GeneralSecurityException {
    JsonNode header = JSON.readTree(decoded(parts[0]));
    if (!header.path("alg").asText().equals("ES256")
        || !header.path("signer").asText().equals(arn)
        || !header.path("iss").asText().equals(issuer)
        || isOver(header.path("exp"))) {
      return null;
    }
    PublicKey key = keys.get(header.path("kid").asText());
    if (key == null || !isSigned(parts, key)) {
      return null;
    }
    JsonNode claims = JSON.readTree(decoded(parts[1]));
    boolean isOver = claims.has("exp") && isOver(claims.path("exp"));
    boolean isOthers = claims.has("iss") && !claims.path("iss").asText().equals(issuer);
    String name =
        NAMES.stream()
            .map(claim -> claims.path(claim).asText().strip())
            .filter(one -> !one.isEmpty())
            .findFirst()
            .orElse("");
    return isOver || isOthers || name.isEmpty() ? null : new Visitor(name, name);
  }

  /** A time that is not there is over too. */
  private static boolean isOver(JsonNode seconds) {
    return seconds.asLong(0) <= Instant.now().getEpochSecond();
  }

  private static boolean isSigned(String[] parts, PublicKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(decoded(parts[2]));
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  @Override
  public @Nullable String open(@Nullable String token) {
    return null;
  }

  @Override
  public String printed() {
    return "";
  }

  @Override
  public Closed closed() {
    return new Closed(
        "This page is behind a load balancer that asks who you are. Open its address, not that of"
            + " the server.",
        false);
  }
}
