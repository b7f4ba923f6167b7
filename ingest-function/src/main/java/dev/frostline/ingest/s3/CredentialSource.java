package dev.frostline.ingest.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a Lambda's role: in its environment, or, in a function restored by SnapStart,
 * behind a local address that the environment names and that hands out fresh ones before they end.
 */
final class CredentialSource {
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(2);
  private static final int WAIT_MILLIS = 2000;

  private final Map<String, String> environment;
  private @Nullable Credentials current;

  /** Credentials as that environment gives them. */
  CredentialSource(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Credentials that hold for some minutes more.
   *
   * @throws IOException when the environment has none, or its address does not answer
   */
  synchronized Credentials get() throws IOException {
    Credentials known = current;
    if (known != null && Instant.now().plus(RENEWED_BEFORE).isBefore(known.until())) {
      return known;
    }
    String address = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    Credentials fresh = address == null ? ofEnvironment() : ofAddress(URI.create(address));
    current = fresh;
    return fresh;
  }

  /** Asks anew the next time, since these were refused. */
  synchronized void refused() {
    current = null;
  }

  private Credentials ofEnvironment() throws IOException {
    String key = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (key == null || secret == null) {
      throw new IOException(
          "no credentials: neither AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY nor"
              + " AWS_CONTAINER_CREDENTIALS_FULL_URI is set");
    }
    return new Credentials(key, secret, environment.get("AWS_SESSION_TOKEN"), Instant.MAX);
  }

  private Credentials ofAddress(URI address) throws IOException {
    HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection();
    request.setConnectTimeout(WAIT_MILLIS);
    request.setReadTimeout(WAIT_MILLIS);
    String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (token != null) {
      request.setRequestProperty("Authorization", token);
    }
    if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("no credentials: their address answered " + request.getResponseCode());
    }
    try (JsonParser answer = new JsonFactory().createParser(request.getInputStream())) {
      Map<String, String> fields = texts(answer);
      return new Credentials(
          required(fields, "AccessKeyId"),
          required(fields, "SecretAccessKey"),
          fields.get("Token"),
          Instant.parse(required(fields, "Expiration")));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("no credentials: their address answered with something else", e);
    }
  }

  private static Map<String, String> texts(JsonParser answer) throws IOException {
    Map<String, String> texts = new HashMap<>();
    if (answer.nextToken() == JsonToken.START_OBJECT) {
      for (String key = answer.nextFieldName(); key != null; key = answer.nextFieldName()) {
        if (answer.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(key, answer.getText());
        }
        answer.skipChildren();
      }
    }
    return texts;
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}
