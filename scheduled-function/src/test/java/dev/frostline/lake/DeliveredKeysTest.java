package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.servers.FaultProxy;
import dev.frostline.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of delivered logs on a real S3-compatible server, in requests that are counted. */
final class DeliveredKeysTest {
  private static final Instant NOW = Instant.parse("2026-10-04T12:34:56Z");
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/HH/").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/").withZone(ZoneOffset.UTC);
  private static final List<String> GROUPS = List.of("_aws_lambda_a", "_aws_lambda_b", "_other");

  @TempDir Path folder = Path.of("");

  @Test
  void requests_growWithGroups_notWithAge() throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      System.setProperty("aws.accessKeyId", "frostline");
      System.setProperty("aws.secretAccessKey", "not-a-secret");
      System.setProperty("aws.region", "eu-west-1");
      for (int days : List.of(10, 100)) {
        fill(days);
      }
      try (FaultProxy proxy = new FaultProxy(server.port(), 1)) {
        long young = requests(proxy, 10);
        long old = requests(proxy, 100);
        assertTrue(young <= 4, young + " requests for 10 days");
        assertTrue(old <= 2 * GROUPS.size() + 1, old + " requests for 100 days");
        try (Place place = place(proxy, 100)) {
          long before = proxy.requests();
          assertEquals(100 * 24 * 6 / 5 * GROUPS.size() + 1, DeliveredKeys.all(place).size());
          assertTrue(proxy.requests() - before > 8, "a whole listing is longer");
        }
      }
    }
  }

  private static Place place(FaultProxy proxy, int days) {
    return Place.at("s3://" + S3Server.BUCKET + "/" + days, proxy.endpoint());
  }

  private static long requests(FaultProxy proxy, int days) throws IOException {
    try (Place place = place(proxy, days)) {
      Instant hour = NOW.minus(Duration.ofHours(3));
      long before = proxy.requests();
      List<String> keys = DeliveredKeys.since(place, hour);
      long requests = proxy.requests() - before;
      List<String> expected =
          DeliveredKeys.all(place).stream()
              .filter(key -> !key.contains("/20") || isSince(key, hour))
              .toList();
      assertEquals(expected, keys);
      assertTrue(keys.stream().anyMatch(key -> key.endsWith("_of-no-day.log.zst")));
      return requests;
    }
  }

  private static boolean isSince(String key, Instant hour) {
    boolean isHourly = key.matches(".*/\\d{4}/\\d\\d/\\d\\d/\\d\\d/.*");
    String from = (isHourly ? HOUR : DAY).format(hour);
    return key.substring(key.indexOf("/20") + 1).compareTo(from) >= 0;
  }

  /** Two groups by the hour, one by the day, of each so many objects a day; and one of no day. */
  private void fill(int days) throws IOException {
    Path root = folder.resolve("objects/" + S3Server.BUCKET + "/" + days + "/AWSLogs/123456789012");
    for (int hour = 0; hour < days * 24; hour++) {
      Instant at = NOW.minus(Duration.ofHours(hour));
      for (String group : GROUPS) {
        boolean isHourly = group.startsWith("_aws");
        Path to = root.resolve("eu-west-1/" + group + "/" + (isHourly ? HOUR : DAY).format(at));
        Files.createDirectories(to);
        Files.createFile(to.resolve("_" + hour + ".log.zst"));
        if (hour % 5 == 0) {
          Files.createFile(to.resolve("_" + hour + "-more.log.zst"));
        }
      }
    }
    Files.createFile(root.resolve("eu-west-1/_aws_lambda_a/_of-no-day.log.zst"));
    Path other = Files.createDirectories(root.resolve("CloudTrail/eu-west-1/2026/01/01"));
    Files.createFile(other.resolve("x.json.gz"));
  }
}
