package dev.frostline.ingest.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a bucket below a prefix, and the one request that the ingest function makes to it.
 */
public final class Bucket {
  private static final int LONGEST_ANSWER = 8192;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Map<String, String> CREATE_ONCE =
      Map.of("if-none-match", "*", "content-type", "application/octet-stream");
  private static final Pattern PLACE =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/.*)?");
  private static final Pattern CODE = Pattern.compile("<Code>(\\w{1,64})</Code>");

  private final String root;
  private final String region;
  private final CredentialSource credentials;

  private Bucket(String root, String region, CredentialSource credentials) {
    this.root = root;
    this.region = region;
    this.credentials = credentials;
  }

  /**
   * The part of a bucket.
   *
   * @param place {@code s3://BUCKET} or {@code s3://BUCKET/PREFIX}
   * @param environment with AWS_REGION, credentials, and AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL
   *     for a server that is not AWS's
   * @throws IllegalArgumentException when the place or its region is not known
   */
  public static Bucket of(String place, Map<String, String> environment) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw new IllegalArgumentException("No bucket: " + place + ". Write s3://BUCKET/PREFIX.");
    }
    String region = environment.get("AWS_REGION");
    if (region == null || region.isEmpty()) {
      throw new IllegalArgumentException("Set AWS_REGION to the region of " + place);
    }
    String server =
        environment.getOrDefault(
            "AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", ""));
    String prefix = parts.group(2) == null ? "" : encoded(parts.group(2).replaceAll("/+$", ""));
    return new Bucket(
        address(parts.group(1), region, server) + prefix + "/",
        region,
        new CredentialSource(environment));
  }

  private static String address(String bucket, String region, String server) {
    if (!server.isEmpty()) {
      return server.replaceAll("/+$", "") + "/" + bucket;
    }
    String host =
        "s3." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
    return bucket.contains(".")
        ? "https://" + host + "/" + bucket
        : "https://" + bucket + "." + host;
  }

  /**
   * Tries once to create an object; false when one with that key is there already.
   *
   * @param within how long to wait at most
   * @throws RefusedException when the server said no
   * @throws IOException when no answer came: the object may be there or not
   */
  public boolean create(String key, byte[] content, Duration within) throws IOException {
    URI address = URI.create(root + encoded(key));
    Credentials keys = credentials.get();
    HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection();
    request.setConnectTimeout(millis(within, LONGEST_CONNECT));
    request.setReadTimeout(millis(within, LONGEST_WAIT));
    request.setInstanceFollowRedirects(false);
    request.setRequestMethod("PUT");
    request.setDoOutput(true);
    request.setFixedLengthStreamingMode(content.length);
    new Signature(keys, region)
        .sign("PUT", address, CREATE_ONCE, content, Instant.now())
        .forEach(request::setRequestProperty);
    try (OutputStream body = request.getOutputStream()) {
      body.write(content);
    }
    int status = request.getResponseCode();
    String answer = answer(request, status);
    if (status == HttpURLConnection.HTTP_PRECON_FAILED) {
      return false;
    }
    if (status == HttpURLConnection.HTTP_OK) {
      return true;
    }
    RefusedException refused = new RefusedException(status, code(answer));
    if (refused.isOfCredentials()) {
      credentials.refused();
    }
    throw refused;
  }

  /** Reads the answer to its end, so that the connection serves the next request too. */
  private static String answer(HttpURLConnection request, int status) throws IOException {
    try (InputStream body = status < 400 ? request.getInputStream() : request.getErrorStream()) {
      return body == null
          ? ""
          : new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    }
  }

  private static @Nullable String code(String answer) {
    Matcher code = CODE.matcher(answer);
    return code.find() ? code.group(1) : null;
  }

  private static int millis(Duration within, Duration most) {
    return (int) Math.max(1, Math.min(within.toMillis(), most.toMillis()));
  }

  private static String encoded(String key) {
    StringBuilder text = new StringBuilder(key.length() + 16);
    for (byte one : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return text.toString();
  }

  /** The address of its objects. */
  @Override
  public String toString() {
    return root;
  }
}
