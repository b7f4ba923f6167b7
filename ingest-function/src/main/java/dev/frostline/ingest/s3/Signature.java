package dev.frostline.ingest.s3;

import dev.frostline.timing.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to S3 by AWS Signature Version 4, the way its documentation sets out: a canonical
 * request, a text over its hash, and a key derived from the secret for that day, region and
 * service.
 */
final class Signature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final String region;

  Signature(Credentials credentials, String region) {
    this.credentials = credentials;
    this.region = region;
  }

  /**
   * All headers to send: those given, and those that the signature adds.
   *
   * @param headers beside host, which the connection sends by itself
   */
  Map<String, String> sign(
      String method, URI address, Map<String, String> headers, byte[] body, Instant at) {
    String contentHash = hash(body);
    String time = TIME.format(at);
    String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", address.getAuthority());
    signed.put("x-amz-content-sha256", contentHash);
    signed.put("x-amz-date", time);
    if (credentials.sessionToken() != null) {
      signed.put("x-amz-security-token", credentials.sessionToken());
    }
    String names = String.join(";", signed.keySet());
    StringBuilder request = new StringBuilder(512);
    request.append(method).append('\n').append(address.getRawPath()).append("\n\n");
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(names).append('\n').append(contentHash);
    String text = String.join("\n", ALGORITHM, time, scope, hash(utf8(request.toString())));
    signed.remove("host");
    signed.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + scope
            + ",SignedHeaders="
            + names
            + ",Signature="
            + HexFormat.of().formatHex(hmac(key(scope), text)));
    return signed;
  }

  private byte[] key(String scope) {
    byte[] key = utf8("AWS4" + credentials.secretKey());
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return key;
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.of(bytes));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
