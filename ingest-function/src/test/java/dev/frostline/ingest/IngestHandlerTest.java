package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler on the events that Lambda's own serializer makes. */
final class IngestHandlerTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data/sample-events");
  private static final String STREAM = "2026/09/19/[4]eb40970aab713f942525155a4926654e";
  private static final String BATCH =
      Reading.batch(
          STREAM, "INIT_START Runtime Version: python:3.13.v43", "hello", "import time: 1");

  @TempDir Path folder = Path.of("");

  @Test
  void sampleEvent_landsWhatTheFileHolds() throws IOException {
    for (String function : List.of("webhook-stdlib", "checkout-api", "thumbnail-worker")) {
      Path file = SAMPLES.resolve(function + "_awslogs.json");
      Map<String, Object> answer = handle(Files.readString(file));
      LandingObject object = landed(answer);
      Reading direct = Reading.of(file);
      assertEquals(direct.streams(), object.streams());
      assertEquals(direct.tally().received(), answer.get("received"));
      assertEquals(direct.tally().notOursEvents(), object.notOurs());
    }
  }

  @Test
  void everyBatch_isAccountedFor() throws IOException {
    Map<String, Object> answer = handle(event(BATCH));
    assertEquals(
        "{received=3, timing=1, not_ours=1, rejected={import row cut off=1}}",
        answer.toString().replaceAll(", new=.*", "}"));
    assertEquals(Map.of("import row cut off", 1L), landed(answer).rejects());
  }

  @Test
  void sameBatchTwice_landsOnce() throws IOException {
    Map<String, Object> first = handle(event(BATCH));
    Map<String, Object> second = handle(event(BATCH));
    assertEquals(true, first.get("new"));
    assertEquals(false, second.get("new"));
    assertEquals(first.get("key"), second.get("key"));
    assertEquals(1, landing().keys().size());
    assertTrue(
        String.valueOf(first.get("key")).matches("landing/dt=2026-09-19/\\d\\d/[0-9a-f]{16}"));
  }

  @Test
  void batchThatDiffersInItsMiddleOnly_landsBesideTheOther() throws IOException {
    String row = "import time: 1 | 1 | a";
    Object one = handle(event(Reading.batch(STREAM, row, row, row))).get("key");
    Object other = handle(event(Reading.batch(STREAM, row, row.replace("a", "b"), row))).get("key");
    assertNotEquals(one, other);
  }

  @Test
  void batchWithNothingOfOurs_landsNothing() throws IOException {
    assertNull(handle(event(Reading.batch(STREAM, "hello"))).get("key"));
    assertEquals(List.of(), landing().keys());
  }

  @Test
  void ownLogGroup_isDropped() throws IOException {
    CloudWatchLogsEvent event = deserialised(event(BATCH));
    Map<String, Object> answer =
        new IngestHandler(landing(), null, "/aws/lambda/checkout-api").handleRequest(event, null);
    assertEquals("{received=3, timing=0, not_ours=3, rejected={}}", answer.toString());
  }

  @Test
  void undecodableBatch_failsTheInvocation_withoutItsText() {
    for (String event :
        List.of(
            "{\"awslogs\":{\"data\":\"%%%\"}}",
            "{\"awslogs\":{\"data\":\"aGVsbG8=\"}}",
            "{\"awslogs\":{}}",
            "{}",
            event("{\"secret\":\"hunter2"),
            event("[1]"),
            event("{\"logGroup\":\"hunter2\"}"),
            event(BATCH + " hunter2"))) {
      String why =
          String.valueOf(
              assertThrows(UncheckedIOException.class, () -> handle(event)).getMessage());
      assertTrue(why.startsWith("Cannot take this batch: "), why);
      assertTrue(!why.contains("hunter2") && why.indexOf('\n') < 0, why);
    }
  }

  @Test
  void landingThatFails_failsTheInvocation() {
    Landing full =
        (key, content, deadline) -> {
          throw new IOException("No space left on device");
        };
    IngestHandler handler = new IngestHandler(full, "eu-west-1", null);
    CloudWatchLogsEvent event = deserialised(event(BATCH));
    assertThrows(UncheckedIOException.class, () -> handler.handleRequest(event, null));
  }

  @Test
  void damagedLandingObject_isRefused() throws IOException {
    byte[] content = landing().read(String.valueOf(handle(event(BATCH)).get("key")));
    for (int at = 0; at < content.length; at++) {
      byte[] damaged = content.clone();
      damaged[at] ^= 1;
      assertThrows(UndecodableException.class, () -> LandingObject.decode(damaged));
    }
    for (int length = 0; length < content.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(content, length);
      assertThrows(UndecodableException.class, () -> LandingObject.decode(cut));
    }
  }

  @Test
  void halfWrittenObject_isNeverSeen() throws IOException {
    Files.write(folder.resolve(".partial-x"), new byte[3]);
    assertEquals(List.of(), landing().keys());
  }

  /** Its own log could be subscribed. */
  @Test
  void handler_printsNothing() throws IOException {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      handle(event(BATCH));
    } finally {
      System.setOut(out);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  private Map<String, Object> handle(String event) {
    return new IngestHandler(landing(), "eu-west-1", null).handleRequest(deserialised(event), null);
  }

  private LandingObject landed(Map<String, Object> answer) throws IOException {
    return LandingObject.decode(landing().read(String.valueOf(answer.get("key"))));
  }

  private DirectoryLanding landing() {
    return new DirectoryLanding(folder);
  }

  private static CloudWatchLogsEvent deserialised(String event) {
    return LambdaEventSerializers.serializerFor(
            CloudWatchLogsEvent.class, IngestHandlerTest.class.getClassLoader())
        .fromJson(new ByteArrayInputStream(Reading.utf8(event)));
  }

  private static String event(String batch) {
    String data = Base64.getEncoder().encodeToString(Reading.gzip(Reading.utf8(batch)));
    return "{\"awslogs\":{\"data\":\"" + data + "\"}}";
  }
}
