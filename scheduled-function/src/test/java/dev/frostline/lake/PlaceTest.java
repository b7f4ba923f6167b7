package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.servers.FaultProxy;
import dev.frostline.servers.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every place, on a folder and on a real S3-compatible server. */
final class PlaceTest {
  @TempDir static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // by startServer
  private static S3Server server;

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(folder);
    server.environment().forEach(PlaceTest::asProperty);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /** The SDK takes from a process's properties what it takes from its environment. */
  private static void asProperty(String name, String value) {
    switch (name) {
      case "AWS_ACCESS_KEY_ID" -> System.setProperty("aws.accessKeyId", value);
      case "AWS_SECRET_ACCESS_KEY" -> System.setProperty("aws.secretAccessKey", value);
      case "AWS_REGION" -> System.setProperty("aws.region", value);
      default -> assertEquals("AWS_ENDPOINT_URL_S3", name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "s3"})
  void objects_areListedCreatedReplacedAndRemoved(String kind) throws IOException {
    try (Place place = place(kind, "contract")) {
      assertEquals(List.of(), place.keys("landing"));
      assertTrue(place.create("landing/dt=2026-09-19/06/b", bytes("1")));
      assertFalse(place.create("landing/dt=2026-09-19/06/b", bytes("2")));
      place.create("landing/dt=2026-09-19/05/a", bytes("3"));
      place.create("landing-other/c", bytes("4"));
      assertEquals(
          List.of("landing/dt=2026-09-19/05/a", "landing/dt=2026-09-19/06/b"),
          place.keys("landing"));
      assertEquals(3, place.keys("").size());
      assertEquals("1", read(place, "landing/dt=2026-09-19/06/b"));
      Path file = Files.writeString(folder.resolve("file-" + kind), "5");
      place.write("landing/dt=2026-09-19/06/b", file);
      assertEquals("5", read(place, "landing/dt=2026-09-19/06/b"));
      place.delete("landing/dt=2026-09-19/06/b");
      place.delete("landing/dt=2026-09-19/06/b");
      assertThrows(
          NoSuchFileException.class, () -> place.open("landing/dt=2026-09-19/06/b").close());
    }
  }

  @Test
  void whatAKilledWriteLeft_isListedByNobody_andGoneAfterADay() throws IOException {
    try (Place place = place("folder", "killed")) {
      Path file = Files.writeString(folder.resolve("written"), "5");
      place.write("lake/data", file);
      Path day = folder.resolve("place-killed/lake");
      Path old = Files.writeString(day.resolve(".partial-1"), "");
      Path young = Files.writeString(day.resolve(".partial-2"), "");
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
      assertEquals(List.of("lake/data"), place.keys("lake"));
      place.write("lake/data", file);
      assertFalse(Files.exists(old));
      assertTrue(Files.exists(young));
    }
  }

  @Test
  void moreObjectsThanAnAnswerHolds_areAllListed() throws IOException {
    try (Place place = place("s3", "many")) {
      Path many = folder.resolve("objects").resolve(S3Server.BUCKET).resolve("many/landing");
      Files.createDirectories(many);
      for (int object = 0; object < 1005; object++) {
        Files.createFile(many.resolve("o" + object));
      }
      assertEquals(1005, place.keys("landing").size());
    }
  }

  @Test
  void faultsOfTheServer_areSurvived() throws IOException {
    try (FaultProxy proxy = new FaultProxy(server.port(), 3);
        Place place = Place.at("s3://" + S3Server.BUCKET + "/faults", proxy.endpoint())) {
      proxy.spoil(0.2);
      for (int object = 0; object < 20; object++) {
        place.create("landing/" + object, bytes("x"));
      }
      proxy.spoil(0);
      assertEquals(20, place.keys("landing").size());
      assertTrue(proxy.spoilt() > 0);
    }
  }

  @Test
  void nameThatIsNone_andMissingBucket_areTold() {
    assertThrows(IllegalArgumentException.class, () -> Place.at("s3://", null));
    try (Place place = Place.at("s3://no-such-bucket/x", server.endpoint())) {
      IOException e = assertThrows(IOException.class, () -> place.keys("landing"));
      assertEquals("s3://no-such-bucket/x/landing: 404 NoSuchBucket", e.getMessage());
    }
  }

  private static Place place(String kind, String name) {
    return kind.equals("s3")
        ? Place.at("s3://" + S3Server.BUCKET + "/" + name + "/", server.endpoint())
        : Place.at(folder.resolve("place-" + name).toString(), null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String read(Place place, String key) throws IOException {
    try (InputStream in = place.open(key)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
