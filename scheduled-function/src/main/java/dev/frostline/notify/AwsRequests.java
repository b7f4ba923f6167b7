package dev.frostline.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * The three requests to AWS that no client of the SDK is at hand for: PutEvents, GetSecretValue and
 * GetParameter, signed by the SDK's own signer with its own credentials.
 */
final class AwsRequests {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Posting posting;

  AwsRequests(Posting posting) {
    this.posting = posting;
  }

  /**
   * One request of the JSON protocol.
   *
   * @param service as in its address: events, secretsmanager, ssm
   * @param target {@code AWSEvents.PutEvents}
   */
  JsonNode ask(String service, String target, JsonNode input) throws IOException {
    byte[] body = JSON.writeValueAsBytes(input);
    try {
      Region region = new DefaultAwsRegionProviderChain().getRegion();
      URI address = address(service, region);
      return JSON.readTree(posting.send(() -> signed(address, service, region, target, body)));
    } catch (SdkException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  /** As the SDK's clients find it: {@code AWS_ENDPOINT_URL_EVENTS}, else that of the Region. */
  private static URI address(String service, Region region) {
    for (String given :
        Arrays.asList(
            System.getProperty("aws.endpointUrl"),
            System.getenv("AWS_ENDPOINT_URL_" + endpointName(service)),
            System.getenv("AWS_ENDPOINT_URL"))) {
      if (given != null && !given.isEmpty()) {
        return URI.create(given + (given.endsWith("/") ? "" : "/"));
      }
    }
    return URI.create("https://" + ServiceMetadata.of(service).endpointFor(region) + "/");
  }

  private static String endpointName(String service) {
    return switch (service) {
      case "events" -> "EVENTBRIDGE";
      case "secretsmanager" -> "SECRETS_MANAGER";
      default -> service.toUpperCase(Locale.ROOT);
    };
  }

  private static HttpRequest.Builder signed(
      URI address, String service, Region region, String target, byte[] body) throws IOException {
    try (DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
      SdkHttpRequest request =
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.POST)
              .uri(address)
              .putHeader("Content-Type", "application/x-amz-json-1.1")
              .putHeader("X-Amz-Target", target)
              .build();
      ContentStreamProvider payload = ContentStreamProvider.fromByteArray(body);
      SdkHttpRequest signed =
          AwsV4HttpSigner.create()
              .sign(
                  sign ->
                      sign.identity(((AwsCredentialsProvider) credentials).resolveCredentials())
                          .request(request)
                          .payload(payload)
                          .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                          .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()))
              .request();
      HttpRequest.Builder made =
          HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(body));
      signed
          .headers()
          .forEach(
              (name, values) -> {
                boolean isOfTheClient =
                    name.equalsIgnoreCase("Host") || name.equalsIgnoreCase("Content-Length");
                if (!isOfTheClient) {
                  values.forEach(value -> made.header(name, value));
                }
              });
      return made;
    } catch (SdkException e) {
      throw new IOException("no credentials of AWS: " + e.getMessage(), e);
    }
  }

  static String text(JsonNode answer, String... path) throws IOException {
    JsonNode node = answer;
    for (String step : path) {
      node = node.path(step);
    }
    if (!node.isTextual()) {
      throw new IOException("no text is kept there");
    }
    return node.textValue();
  }

  static JsonNode parsed(String json) throws IOException {
    return JSON.readTree(json.getBytes(StandardCharsets.UTF_8));
  }
}
