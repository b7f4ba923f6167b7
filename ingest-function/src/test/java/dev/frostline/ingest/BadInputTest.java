package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that no service sends: one clear sentence, never a crash, and nothing lost besides. */
final class BadInputTest {
  private static final String STREAM = "2026/09/19/[4]eb40970aab713f942525155a4926654e";
  private static final String GOOD =
      Reading.batch(STREAM, "INIT_START Runtime Version: python:3.13.v43", "hello");

  @TempDir Path folder = Path.of("");

  @Test
  void gzip_cutAnywhere_isRefused() throws IOException {
    byte[] whole = Reading.gzip(Reading.utf8(GOOD));
    for (int length = 2; length < whole.length; length++) {
      assertEquals("gzip data is cut off", refusal(Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void gzip_withAWrongTrailer_isRefused() throws IOException {
    byte[] gzip = Reading.gzip(Reading.utf8(GOOD));
    assertEquals("gzip data has a wrong CRC", refusal(flipped(gzip, gzip.length - 8)));
    assertEquals("gzip data has a wrong length", refusal(flipped(gzip, gzip.length - 1)));
  }

  @Test
  void gzip_withBytesBehind_isRefused() throws IOException {
    byte[] gzip = Reading.gzip(Reading.utf8(GOOD));
    assertEquals(
        "gzip data is followed by bytes that are not gzip",
        refusal(Arrays.copyOf(gzip, gzip.length + 4)));
  }

  @Test
  void lineThatLooksLikeUtf32_isRejectedAlone() throws IOException {
    String line = "{\0\0\0\"elems\":1}";
    assertEquals(
        "5 = 2 + 2 + {not JSON: it is not UTF-8 throughout=1}",
        read(Reading.utf8(GOOD + "\n" + line + "\n" + GOOD)).counts());
    assertEquals(
        "1 = 0 + 0 + {no known form: looks like binary data: unpack or export it=1}",
        outcome(Reading.gzip(Reading.utf8(line))));
  }

  @Test
  void gzip_ofSeveralMembers_isReadWhole() throws IOException {
    byte[] line = Reading.utf8(GOOD + "\n");
    assertEquals("6 = 3 + 3 + {}", read(Reading.gzip(line, new byte[0], line, line)).counts());
  }

  @Test
  void gzip_withFlippedBits_isNeverTakenSilently() throws IOException {
    byte[] gzip = Reading.gzip(Reading.utf8(GOOD));
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      int at = 10 + random.nextInt(gzip.length - 10);
      String outcome = outcome(flipped(gzip, at));
      boolean padding = at >= gzip.length - 10 && outcome.equals("2 = 1 + 1 + {}");
      assertTrue(padding || outcome.startsWith("gzip data "), outcome);
    }
  }

  /** 1 GiB of log in 1 MB; the heap of the tests would not hold it. */
  @Test
  void bomb_isRefusedEarly() throws IOException {
    Path bomb = folder.resolve("bomb.gz");
    byte[] mebibyte = Reading.utf8("x".repeat(1 << 20));
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      out.write(Reading.utf8("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":\""));
      for (int i = 0; i < 1024; i++) {
        out.write(mebibyte);
      }
    }
    String why = "gzip data inflates more than 250 times, as no log does";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertEquals(why, refusal(Files.readAllBytes(bomb))));
    String data = Base64.getEncoder().encodeToString(Files.readAllBytes(bomb));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertEquals(why, refusal("{\"awslogs\":{\"data\":\"" + data + "\"}}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"awslogs\":{\"data\":\"%%%\"}}; data that is not base64",
        "{\"awslogs\":{\"data\":\"aGVsbG8=\"}}; not gzip data",
        "{\"awslogs\":{\"data\":\"\"}}; gzip data is empty",
        "{\"awslogs\":{\"data\":5}}; an envelope whose data is no text",
        "{\"awslogs\":{\"data\":{\"x\":1}}}; an envelope whose data is no text",
        "{\"awslogs\":[]}; an envelope without data",
        "{\"Records\":{}}; an envelope whose records are no list",
        "{\"Records\":[1]}; a record that is no object",
        "{\"Records\":[{\"s3\":{\"bucket\":\"b\"}}]}; a record without log data",
        "{\"logEvents\":[]}; subscription batch without logGroup, logStream or logEvents",
        "{\"logGroup\":\"g\",\"logStream\":\"s\",\"messageType\":\"DATA_MESSAGE\"}; subscription"
            + " batch without logGroup, logStream or logEvents",
        "{\"logGroup\":{\"logStream\":\"x\"},\"logStream\":\"s\",\"logEvents\":[]}; subscription"
            + " batch without logGroup, logStream or logEvents",
        "{\"logEvents\":5}; subscription batch whose logEvents are no list",
        "{\"owner\":\"1\",\"owner\":\"2\"}; subscription batch with \"owner\" twice",
        "{\"hello\":1}; JSON of no known form",
        "{\"hello\":; not JSON",
        "{; not JSON",
        "[{}]; JSON of no known form: no awslogs, Records, records, logEvents, events or"
            + " results",
      })
  void envelope_ofNoUse_saysWhy(String content, String why) throws IOException {
    String said = outcome(Reading.utf8(content));
    assertTrue(said.contains(why), said);
    assertTrue(said.indexOf('\n') < 0, said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "5; log event that is no object",
        "[[]]; log event that is no object",
        "{}; log event without id, timestamp or message",
        "{\"id\":\"1\",\"timestamp\":1,\"message\":null}; log event without id, timestamp or"
            + " message",
        "{\"id\":\"1\",\"timestamp\":1,\"message\":{\"id\":\"2\"}}; log event without id, timestamp"
            + " or message",
        "{\"id\":{\"id\":\"1\"},\"timestamp\":1,\"message\":\"m\"}; log event without id, timestamp"
            + " or message",
        "{\"id\":\"1\",\"timestamp\":[1],\"message\":\"m\"}; log event without id, timestamp or"
            + " message",
        "{\"id\":\"1\",\"timestamp\":-1,\"message\":\"m\"}; log event without id, timestamp or"
            + " message",
        "{\"id\":\"1\",\"timestamp\":1e9,\"message\":\"m\"}; log event without id, timestamp or"
            + " message",
        "{\"id\":\"1\",\"timestamp\":9223372036854775807,\"message\":\"m\"}; log event without id,"
            + " timestamp or message",
        "{\"id\":\"1\",\"id\":\"2\",\"timestamp\":1,\"message\":\"m\"}; log event with a field"
            + " twice",
        "{\"id\":\"1\",\"timestamp\":1,\"message\":\"import time: 1\",\"message\":\"m\"}; import"
            + " row cut off",
        "{\"id\":\"1\",\"timestamp\":1,\"message\":\"m\",\"message\":\"import time: 1\"}; log event"
            + " with a field twice",
        "{\"id\":\"1\",\"timestamp\":1,\"message\":\"import time:       37\"}; import row cut off",
      })
  void brokenEvent_isRejected_andTheOthersKept(String event, String why) throws IOException {
    String batch = GOOD.replace("]}", "," + event + "]}");
    assertEquals("3 = 1 + 1 + {" + why + "=1}", read(Reading.utf8(batch)).counts());
  }

  @Test
  void messageLongerThanAnyEvent_isRejected() throws IOException {
    String batch = GOOD.replace("hello", "h".repeat((1 << 20) + 1));
    assertEquals("2 = 1 + 0 + {message longer than 1 MiB=1}", read(Reading.utf8(batch)).counts());
  }

  @Test
  void badLine_amongGoodOnes_costsItselfOnly() throws IOException {
    for (String bad :
        List.of(
            "{\"messageType\":\"DATA_MESSAGE\",\"logEv",
            "{\"owner\":\"1\",\"owner\":\"2\"}",
            "{\"awslogs\":{\"data\":\"%%%\"}}",
            GOOD + "x",
            "{\"logEvents\":" + "[".repeat(1001),
            "{\"hello\":1}",
            "{\"owner\":\"\u0000\"}",
            "[1]",
            "5")) {
      for (String lines : List.of(bad + "\n" + GOOD, GOOD + "\n" + bad)) {
        Reading read = read(Reading.utf8(lines + "\n\r\n" + GOOD + "\n"));
        if (lines.startsWith("{")) {
          assertEquals(1, read.tally().rejects().size(), bad);
          assertTrue(read.tally().keptEvents() >= 2, read.counts());
        }
      }
    }
  }

  @Test
  void badRecord_amongGoodOnes_costsItselfOnly() throws IOException {
    String good = Base64.getEncoder().encodeToString(Reading.gzip(Reading.utf8(GOOD)));
    String records =
        "{\"Records\":[{\"kinesis\":{\"data\":\""
            + good
            + "\"}},{\"kinesis\":{\"data\":\"aGVsbG8=\"}},{\"kinesis\":{\"data\":\""
            + good
            + "\"}}]}";
    assertEquals("5 = 2 + 2 + {record of not gzip data=1}", read(Reading.utf8(records)).counts());
  }

  @Test
  void depthAndDigitsBeyondReason_areRefused() throws IOException {
    String why = "JSON nested too deep, or a value in it too long";
    String deep = "[".repeat(1001) + "]".repeat(1001);
    assertEquals(why, refusal(GOOD.replace("\"owner\":\"123456789012\"", "\"x\":" + deep)));
    assertEquals(why, refusal("{\"x\":" + "9".repeat(1001) + "}"));
    assertEquals(why, refusal("{\"owner\":\"" + "x".repeat(20_000_001) + "\"}"));
  }

  @Test
  void namesBeyondTheServicesLimits_areRefused() throws IOException {
    assertEquals(
        "subscription batch with a log group or stream name too long",
        refusal(GOOD.replace("checkout-api", "c".repeat(70_000))));
  }

  @Test
  void emptyFileAndBatch_holdNothing() throws IOException {
    assertEquals("0 = 0 + 0 + {}", read(new byte[0]).counts());
    assertEquals("2 = 0 + 2 + {}", read(Reading.utf8("\n \n")).counts());
    assertEquals("0 = 0 + 0 + {}", read(Reading.utf8(Reading.batch(STREAM))).counts());
  }

  @Test
  void batchOfTenThousandEvents_isRead() throws IOException {
    String[] messages = new String[10_000];
    Arrays.fill(messages, "import time: 1 | 1 | a");
    assertEquals(
        "10000 = 10000 + 0 + {}", read(Reading.utf8(Reading.batch(STREAM, messages))).counts());
  }

  @Test
  void healthChecks_areNotOurs() throws IOException {
    String control =
        "{\"messageType\":\"CONTROL_MESSAGE\",\"owner\":\"CloudwatchLogs\",\"logGroup\":\"\",\"logStream\":\"\",\"subscriptionFilters\":[],\"logEvents\":[{\"id\":\"\",\"timestamp\":1,\"message\":\"CWL"
            + " CONTROL MESSAGE: Checking health of destination\"}]}";
    assertEquals("1 = 0 + 1 + {}", read(Reading.utf8(control)).counts());
    assertEquals(
        "1 = 0 + 1 + {}",
        read(Reading.utf8(control.replace("CONTROL_MESSAGE", "DATA_MESSAGE"))).counts());
    assertEquals(
        "2 = 0 + 2 + {}",
        read(Reading.utf8(GOOD.replace("DATA_MESSAGE", "CONTROL_MESSAGE"))).counts());
  }

  @Test
  void invalidUtf8_isRefusedInJson_andReplacedInText() throws IOException {
    byte[] json = Reading.utf8(GOOD);
    json[GOOD.indexOf("hello")] = (byte) 0xff;
    assertTrue(refusal(json).startsWith("not JSON: Invalid UTF-8"), refusal(json));
    byte[] text = Reading.utf8("import time: 1 | 1 | aXb\n");
    text[text.length - 3] = (byte) 0xff;
    Path file = Reading.write(folder, "t", text);
    assertTrue(
        Reading.of(file, Reading.ofFunction("f")).streams().toString().contains("name=a\ufffdb"));
  }

  @Test
  void nulAndHalfSurrogates_inAMessage_areRead() throws IOException {
    String batch = GOOD.replace("hello", "import time: 1 | 1 | a\\u0000\\ud800b");
    Reading read = read(Reading.utf8(batch));
    assertEquals("2 = 2 + 0 + {}", read.counts());
    assertTrue(read.streams().toString().contains("name=a\0?b"), read.streams().toString());
  }

  @Test
  void textWithoutEnd_takesBoundedTimeAndMemory() {
    String stream = "2026-09-19T06:32:35.000Z ";
    for (String tail : List.of("/[".repeat(400_000), "/".repeat(900_000), " ".repeat(900_000))) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            read(Reading.utf8(stream + tail + "\n"));
            read(Reading.utf8("EVENTS\t" + tail + "\n"));
            read(Reading.utf8("EVENTS\t" + tail + "\t1789801955000\n"));
          });
    }
  }

  @Test
  void continuationWithoutEnd_isOneRejectedEvent() throws IOException {
    String text =
        "2026-09-19T06:32:35.000Z hello\n" + (" more" + "x".repeat(1000) + "\n").repeat(3000);
    assertEquals("1 = 0 + 0 + {message longer than 1 MiB=1}", read(Reading.utf8(text)).counts());
  }

  @Test
  void lineWithoutEnd_isRejected_andTheNextKept() throws IOException {
    String text = "x".repeat(3 << 20) + "\nimport time: 1 | 1 | a\n";
    Path file = Reading.write(folder, "t", Reading.utf8(text));
    assertEquals(
        "2 = 1 + 0 + {line longer than 1 MiB=1}",
        Reading.of(file, Reading.ofFunction("f")).counts());
  }

  @Test
  void timestampThatIsNone_isRejected() throws IOException {
    String text = "2026-09-19T06:32:35.000Z hello\n2026-13-45T99:99:99.000Z hello\n";
    assertEquals("2 = 0 + 1 + {timestamp that is no time=1}", read(Reading.utf8(text)).counts());
  }

  @Test
  void lines_areFoundAtEveryBufferEdge() throws IOException {
    String text = ("a".repeat(65_530) + "\r\n") + "\n" + "b".repeat(200_000) + "\nc";
    try (InputStream in = new ByteArrayInputStream(Reading.utf8(text))) {
      ByteLines lines = new ByteLines(in, 1 << 20);
      StringBuilder lengths = new StringBuilder();
      while (lines.next()) {
        lengths.append(lines.length()).append(' ');
      }
      assertEquals("65530 0 200000 1 ", lengths.toString());
    }
  }

  private String refusal(String content) throws IOException {
    return refusal(Reading.utf8(content));
  }

  private String refusal(byte[] content) throws IOException {
    Path file = Reading.write(folder, "bad", content);
    return String.valueOf(
        assertThrows(UndecodableException.class, () -> Reading.of(file)).getMessage());
  }

  private String outcome(byte[] content) throws IOException {
    try {
      return read(content).counts();
    } catch (UndecodableException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Reading read(byte[] content) throws IOException {
    return Reading.of(Reading.write(folder, "input", content));
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 0x40;
    return flipped;
  }
}
