package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.servers.LambdaProcess;
import dev.frostline.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is deployed, run by AWS's own runtime interface client. */
final class DeployableJarIT {
  private static final Path JAR = Path.of(System.getProperty("frostline.lambda.jar", ""));
  private static final Path EVENT =
      Path.of(
          System.getProperty("frostline.shared", ""),
          "data/sample-events/checkout-api_awslogs.json");

  private static final String HANDLER = "dev.frostline.ingest.IngestHandler::handleRequest";

  @TempDir Path folder = Path.of(".");

  @Test
  void carriesNeitherDatabaseNorSdk_andIsSmall() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertEquals(
          List.of(),
          names.stream()
              .filter(
                  name ->
                      name.toLowerCase(Locale.ROOT).contains("duckdb")
                          || name.startsWith("software/amazon"))
              .toList());
      assertTrue(names.contains("dev/frostline/ingest/IngestHandler.class"));
    }
    assertTrue(Files.size(JAR) < 5_000_000, "bytes: " + Files.size(JAR));
  }

  @Test
  void underTheRuntimeInterfaceClient_aBatchLands() throws Exception {
    Map<String, String> environment = Map.of("FROSTLINE_LANDING", folder.toString());
    try (LambdaProcess function = new LambdaProcess(JAR, HANDLER, environment, folder)) {
      String body = function.invoke(Files.readString(EVENT), Duration.ofMinutes(1)).body();
      assertTrue(body.contains("\"received\":1005"), body + function.log());
      assertTrue(body.contains("\"new\":true"), body);
      DirectoryLanding landing = new DirectoryLanding(folder);
      LandingObject landed = LandingObject.decode(landing.read(landing.keys().get(0)));
      assertEquals("checkout-api", landed.streams().keySet().iterator().next().function());
    }
  }

  @Test
  void inS3_aBatchLands_andAnUndecodableOneFailsWithItsReason() throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      Map<String, String> environment = new HashMap<>(server.environment());
      environment.put("FROSTLINE_LANDING", "s3://" + S3Server.BUCKET);
      try (LambdaProcess function = new LambdaProcess(JAR, HANDLER, environment, folder)) {
        Duration timeout = Duration.ofMinutes(1);
        LambdaProcess.Answer bad =
            function.invoke("{\"awslogs\":{\"data\":\"aGVsbG8=\"}}", timeout);
        assertFalse(bad.succeeded());
        assertTrue(bad.body().contains("Cannot take this batch: "), bad.body());
        LambdaProcess.Answer good = function.invoke(Files.readString(EVENT), timeout);
        assertTrue(good.succeeded(), good.body());
      }
      assertEquals(1, server.keys("landing/").size());
    }
  }
}
