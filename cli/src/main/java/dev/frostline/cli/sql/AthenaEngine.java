package dev.frostline.cli.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Amazon Athena, by three of its calls: a statement is started, asked for until it has ended, and
 * its rows are fetched by pages.
 */
final class AthenaEngine implements SqlEngine {
  /** What a TB costs in most Regions; each statement counts as 10 MB at least. */
  private static final double USD_PER_TB = 5;

  private static final long LEAST_BYTES = 10_000_000;
  private static final int PAGE = 1000;
  private static final int TRIES = 6;
  private static final Duration CALL = Duration.ofMinutes(1);
  private static final Set<String> RUNNING = Set.of("QUEUED", "RUNNING");
  private static final Set<String> BUSY =
      Set.of("ThrottlingException", "TooManyRequestsException", "InternalServerException");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CALL).build();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final DefaultCredentialsProvider credentials =
      DefaultCredentialsProvider.builder().build();
  private final String region;
  private final URI endpoint;
  private final EngineOptions options;

  private AthenaEngine(String region, URI endpoint, EngineOptions options) {
    this.region = region;
    this.endpoint = endpoint;
    this.options = options;
  }

  /** Athena in the Region that AWS's own tools would use, and at their endpoint. */
  static AthenaEngine of(EngineOptions options) {
    try {
      String region = DefaultAwsRegionProviderChain.builder().build().getRegion().id();
      String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
      String endpoint =
          Stream.of(
                  System.getenv("AWS_ENDPOINT_URL_ATHENA"),
                  System.getProperty("aws.endpointUrlAthena"),
                  System.getenv("AWS_ENDPOINT_URL"),
                  System.getProperty("aws.endpointUrl"))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse("https://athena." + region + suffix);
      return new AthenaEngine(region, URI.create(endpoint), options);
    } catch (SdkClientException e) {
      throw new Failure(
          Failure.COULD_NOT, "No AWS Region is set. Name one: export AWS_REGION=eu-west-1");
    }
  }

  @Override
  public Answer run(String sql) {
    ObjectNode start = JSON.createObjectNode().put("QueryString", sql);
    start
        .put("ClientRequestToken", UUID.randomUUID().toString())
        .put("WorkGroup", options.workGroup);
    if (!sql.startsWith("CREATE")) { // names its own, which need not be there yet
      start.putObject("QueryExecutionContext").put("Database", options.database);
    }
    if (options.outputLocation != null) {
      start.putObject("ResultConfiguration").put("OutputLocation", options.outputLocation);
    }
    String id = call("StartQueryExecution", start).path("QueryExecutionId").asText();
    JsonNode execution = ended(id);
    String state = execution.path("Status").path("State").asText();
    if (!state.equals("SUCCEEDED")) {
      String why = execution.path("Status").path("StateChangeReason").asText();
      throw new Failure(
          Failure.COULD_NOT,
          "Athena says: " + (why.isEmpty() ? state.toLowerCase(Locale.ROOT) : why));
    }
    long bytes = execution.path("Statistics").path("DataScannedInBytes").asLong();
    boolean isQuery = execution.path("StatementType").asText("DML").equals("DML");
    return new Answer(rows(id, isQuery), cost(bytes, isQuery));
  }

  private static String cost(long bytes, boolean isQuery) {
    double usd = isQuery ? Math.max(bytes, LEAST_BYTES) / 1e12 * USD_PER_TB : 0;
    return String.format("Athena scanned %s: %.5f USD", SqlEngine.megabytes(bytes), usd);
  }

  private JsonNode ended(String id) {
    ObjectNode ask = JSON.createObjectNode().put("QueryExecutionId", id);
    for (long wait = 200; ; wait = Math.min(2000, wait * 3 / 2)) {
      JsonNode execution = call("GetQueryExecution", ask).path("QueryExecution");
      if (!RUNNING.contains(execution.path("Status").path("State").asText())) {
        return execution;
      }
      pause(wait);
    }
  }

  private Grid rows(String id, boolean hasHeader) {
    ObjectNode ask = JSON.createObjectNode().put("QueryExecutionId", id).put("MaxResults", PAGE);
    Grid grid = new Grid(List.of());
    List<String> types = new ArrayList<>();
    boolean isFirst = true;
    while (true) {
      JsonNode page = call("GetQueryResults", ask);
      JsonNode set = page.path("ResultSet");
      if (isFirst) {
        List<String> names = new ArrayList<>();
        for (JsonNode column : set.path("ResultSetMetadata").path("ColumnInfo")) {
          names.add(column.path("Name").asText());
          types.add(column.path("Type").asText());
        }
        grid = new Grid(names);
      }
      for (JsonNode row : set.path("Rows")) {
        if (!(isFirst && hasHeader)) {
          grid.add(row(types, row.path("Data")));
        }
        isFirst = false;
      }
      isFirst = false;
      if (!page.hasNonNull("NextToken")) {
        return grid;
      }
      ask.set("NextToken", page.path("NextToken"));
    }
  }

  private static List<@Nullable Object> row(List<String> types, JsonNode row) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      cells.add(SqlEngine.value(types.get(i), row.path(i).path("VarCharValue").textValue()));
    }
    return cells;
  }

  private JsonNode call(String action, ObjectNode body) {
    try {
      for (int tries = 1; ; tries++) {
        HttpResponse<String> answer =
            http.send(signed(action, body.toString()), HttpResponse.BodyHandlers.ofString());
        JsonNode content = JSON.readTree(answer.body());
        if (answer.statusCode() == 200) {
          return content;
        }
        String error = content.path("__type").asText().replaceFirst(".*#", "");
        boolean isPassing = BUSY.contains(error) || answer.statusCode() >= 500;
        if (!isPassing || tries == TRIES) {
          String why = content.path("message").asText(content.path("Message").asText());
          throw new Failure(
              Failure.COULD_NOT, "Athena refuses " + action + ": " + error + ": " + why);
        }
        pause(200L << tries);
      }
    } catch (JsonProcessingException e) {
      throw new Failure(Failure.COULD_NOT, endpoint + " answers, but is no Athena");
    } catch (IOException e) {
      String why = e.getMessage() == null ? "nobody answers" : e.getMessage();
      throw new Failure(Failure.COULD_NOT, "Cannot reach Athena at " + endpoint + ": " + why);
    } catch (SdkClientException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "No credentials for AWS were found. Sign in, or set AWS_PROFILE: " + e.getMessage());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private HttpRequest signed(String action, String body) {
    SdkHttpRequest plain =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.resolve("/"))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AmazonAthena." + action)
            .build();
    SdkHttpRequest signed =
        signer
            .sign(
                request ->
                    request
                        .identity(credentials.resolveCredentials())
                        .request(plain)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "athena")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
            .request();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(signed.getUri())
            .timeout(CALL)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    signed.forEachHeader(
        (name, values) -> {
          if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
            request.header(name, String.join(",", values)); // those two the client sends by itself
          }
        });
    return request.build();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static Failure interrupted() {
    Thread.currentThread().interrupt();
    return new Failure(Failure.COULD_NOT, "Interrupted");
  }
}
