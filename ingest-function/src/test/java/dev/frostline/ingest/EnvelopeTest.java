package dev.frostline.ingest;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same content through every envelope gives the same lines. */
final class EnvelopeTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data/sample-events");
  private static final String STREAM = "2026/09/19/[4]eb40970aab713f942525155a4926654e";
  private static final String INIT = "INIT_START Runtime Version: python:3.13.v43\\tX\\n";
  private static final String REPORT =
      "REPORT RequestId: r\\tInit Duration: 12 ms\\t\\nXRAY TraceId: 1\\n";

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"webhook-stdlib", "checkout-api", "thumbnail-worker"})
  void sampleEvents_areEqualThroughEveryEnvelope(String function) throws IOException {
    Reading awslogs = Reading.of(SAMPLES.resolve(function + "_awslogs.json"));
    assertFalse(awslogs.streams().isEmpty());
    Reading firehose = Reading.of(SAMPLES.resolve(function + "_firehose.json"));
    assertEquals(awslogs.streams(), firehose.streams());
    assertEquals(awslogs.counts(), firehose.counts());
    StreamId stream = awslogs.streams().keySet().iterator().next();
    Reading export =
        Reading.of(
            SAMPLES.resolve(function + "_s3export_000000.gz"),
            Reading.ofStream(stream.logGroup(), stream.logStream()));
    assertEquals(lines(awslogs), lines(export));
    assertEquals(awslogs.counts(), export.counts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-stdlib", "checkout-api", "thumbnail-worker"})
  void kinesisEvent_carriesTheControlMessageAndEveryPart(String function) throws IOException {
    Reading kinesis = Reading.of(SAMPLES.resolve(function + "_kinesis.json"));
    Reading half = Reading.of(SAMPLES.resolve(function + "_awslogs_split_1of2.json"));
    assertEquals(Map.of(), kinesis.tally().rejects());
    half.streams()
        .forEach(
            (stream, lines) ->
                assertEquals(
                    lines,
                    kinesis.streams().getOrDefault(stream, List.of()).subList(0, lines.size())));
  }

  @Test
  void decodedBatch_plainOrGzip_isWhatTheSubscribedEventHolds() throws IOException {
    String batch = Reading.batch(STREAM, INIT, "hello", REPORT);
    Reading plain = Reading.of(file("a.ndjson", batch + "\n"));
    assertEquals("3 = 2 + 1 + {}", plain.counts());
    Reading gzip = Reading.of(Reading.write(folder, "b", Reading.gzip(Reading.utf8(batch))));
    Reading event = Reading.of(file("c.json", "{\"awslogs\":{\"data\":\"" + data(batch) + "\"}}"));
    Reading list = Reading.of(file("d.json", "[" + batch + "]"));
    Reading pretty = Reading.of(file("e.json", batch.replace(",", ",\n ").replace("{", "{\n")));
    for (Reading other : List.of(gzip, event, list, pretty)) {
      assertEquals(plain, new Reading(other.streams(), plain.tally()));
      assertEquals(plain.counts(), other.counts());
    }
  }

  @Test
  void kinesisAndFirehose_takeTheRegionOfTheirRecord() throws IOException {
    String record = data(Reading.batch(STREAM, INIT));
    Reading kinesis =
        Reading.of(
            file(
                "k",
                "{\"Records\":[{\"kinesis\":{\"data\":\""
                    + record
                    + "\"},\"awsRegion\":\"us-east-1\"}]}"));
    Reading firehose =
        Reading.of(
            file("f", "{\"records\":[{\"data\":\"" + record + "\"}],\"region\":\"us-west-2\"}"));
    assertEquals("us-east-1", kinesis.streams().keySet().iterator().next().region());
    assertEquals("us-west-2", firehose.streams().keySet().iterator().next().region());
  }

  @Test
  void systemFields_moveAnEventToItsAccountAndRegion() throws IOException {
    String batch =
        Reading.batch(STREAM, INIT)
            .replace(
                "\"message\"",
                "\"extractedFields\":{\"@aws.account\":\"999999999999\",\"@aws.region\":\"ap-south-1\"},\"message\"");
    assertEquals(
        List.of(new StreamId("999999999999", "ap-south-1", "/aws/lambda/checkout-api", STREAM)),
        List.copyOf(Reading.of(file("x", batch)).streams().keySet()));
  }

  @Test
  void policyLevelAndKeyOrder_changeNothing() throws IOException {
    String batch = Reading.batch(STREAM, INIT, REPORT);
    String reversed =
        "{\"new key\":{\"logGroup\":\"no\"},\"policyLevel\":\"ACCOUNT_LEVEL_POLICY\","
            + batch.substring(batch.indexOf("\"logEvents\""), batch.length() - 1)
            + ","
            + batch.substring(1, batch.indexOf(",\"logEvents\""))
            + "}";
    assertEquals(Reading.of(file("a", batch)).streams(), Reading.of(file("b", reversed)).streams());
  }

  @Test
  void awsLogsJson_namesStreamsPerEvent_orNone() throws IOException {
    String id = "39775008413544259957290114838509488257704304653444448256";
    String filtered =
        "{\"events\":[{\"logStreamName\":\""
            + STREAM
            + "\",\"timestamp\":1789801955000,\"message\":\""
            + INIT
            + "\",\"eventId\":\""
            + id
            + "\"}],\"searchedLogStreams\":[]}";
    Reading named = Reading.of(file("f", filtered), Reading.ofFunction("checkout-api"));
    assertEquals(STREAM, named.streams().keySet().iterator().next().logStream());
    assertEquals(id, named.streams().values().iterator().next().get(0).eventId().toString());
    String bare = "{\"events\":[{\"timestamp\":1789801955000,\"message\":\"" + INIT + "\"}]}";
    assertEquals(
        lines(named), lines(Reading.of(file("g", bare), Reading.ofFunction("checkout-api"))));
    assertEquals(
        "1 = 0 + 0 + {no function name: say which with --function=1}",
        Reading.of(file("h", bare)).counts());
  }

  @Test
  void awsLogsText_readsMessagesOfTabsAndLines() throws IOException {
    String id = "39775008413544259957290114838509488257704304653444448256";
    String text =
        "EVENTS\t"
            + id
            + "\t1789801956000\t"
            + STREAM
            + "\tINIT_START Runtime Version: python:3.13.v43\tX\n\t"
            + "1789801955000\nEVENTS\t"
            + id.replace("56", "57")
            + "\t1789801956000\t"
            + STREAM
            + "\tREPORT RequestId: r\tInit Duration: 12 ms\t\nXRAY TraceId: 1\n\t1789801955001\n"
            + "SEARCHEDLOGSTREAMS\tTrue\t"
            + STREAM
            + "\n";
    Reading filtered = Reading.of(file("f", text), Reading.ofFunction("checkout-api"));
    Reading subscribed = Reading.of(file("s", Reading.batch(STREAM, INIT, REPORT)));
    assertEquals("2 = 2 + 0 + {}", filtered.counts());
    assertEquals(subscribed.streams().keySet(), filtered.streams().keySet());
    assertEquals(lines(subscribed), lines(filtered));
  }

  @Test
  void getLogEventsText_beginsWithItsPageTokens() throws IOException {
    String text =
        """
        b/39775008413544259957290114838509488257704304653444448256/s\tf/3977500841354/s
        EVENTS\t1789801956000\tINIT_START Runtime Version: python:3.13.v43\t1789801955000
        EVENTS\t1789801956000\thello\t1789801955000
        EVENTS\t1789801956000\tno time
        """;
    Reading got = Reading.of(file("g", text), Reading.ofStream("/aws/lambda/checkout-api", STREAM));
    assertEquals("3 = 1 + 1 + {EVENTS line without a timestamp=1}", got.counts());
    assertEquals(STREAM, got.streams().keySet().iterator().next().logStream());
  }

  @Test
  void awsLogsTail_longForm_namesTheStream() throws IOException {
    String text =
        "2026-09-19T06:32:35.000000+00:00 "
            + STREAM
            + " INIT_START Runtime Version: python:3.13.v43\tX\n"
            + "2026-09-19T06:32:35.001000+00:00 "
            + STREAM
            + " hello\n  more of it\n\n"
            + "2026-09-19T06:32:35.002000+00:00 "
            + STREAM
            + " REPORT RequestId: r\tInit Duration: 12 ms\t\nXRAY TraceId: 1\n";
    Reading tailed = Reading.of(file("t", text), Reading.ofFunction("checkout-api"));
    assertEquals("3 = 2 + 1 + {}", tailed.counts());
    Reading subscribed = Reading.of(file("s", Reading.batch(STREAM, INIT, "hello", REPORT)));
    assertEquals(subscribed.streams().keySet(), tailed.streams().keySet());
    assertEquals(lines(subscribed), lines(tailed));
  }

  @Test
  void exportTask_takesTheStreamFromItsFolder() throws IOException {
    Path stream =
        Files.createDirectories(
            folder.resolve("7d9b2a/2026-09-19-[4]eb40970aab713f942525155a4926654e"));
    String text = "2026-09-19T06:32:35.000Z INIT_START Runtime Version: python:3.13.v43\n";
    Path file = Reading.write(stream, "000000.gz", Reading.gzip(Reading.utf8(text)));
    Reading export = Reading.of(file, Reading.ofFunction("checkout-api"));
    assertEquals(STREAM, export.streams().keySet().iterator().next().logStream());
  }

  /** What an environment says of two inits in a row is of one stream, whose name is known. */
  @Test
  void exportedStream_isOne_howeverManyInitsBegin() throws IOException {
    Path stream =
        Files.createDirectories(folder.resolve("2026-09-19-[4]eb40970aab713f942525155a4926654e"));
    String init = "2026-09-19T06:32:35.000Z INIT_START Runtime Version: python:3.13.v43\n";
    Path file = Reading.write(stream, "000000", Reading.utf8(init + init.replace("35.", "45.")));
    Reading export = Reading.of(file, Reading.ofFunction("checkout-api"));
    assertEquals(1, export.streams().size());
    assertEquals(2, lines(export).size());
  }

  @Test
  void largeExport_isGivenOnInParts_betweenTwoTimes() throws IOException {
    Path stream =
        Files.createDirectories(folder.resolve("2026-09-19-[4]eb40970aab713f942525155a4926654e"));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150_000; i++) {
      String at = Instant.ofEpochMilli(1_790_000_000_000L + i / 7).toString();
      text.append(at).append(" START RequestId: r").append(i).append(" Version: 4\n");
    }
    Path file = Reading.write(stream, "000000", Reading.utf8(text.toString()));
    List<List<TimedLine>> parts = new ArrayList<>();
    new LogFile(file, Reading.ofFunction("checkout-api")).read((of, lines) -> parts.add(lines));
    assertTrue(parts.size() >= 3, parts.size() + " parts");
    assertEquals(150_000, parts.stream().mapToInt(List::size).sum());
    for (int i = 1; i < parts.size(); i++) {
      List<TimedLine> before = parts.get(i - 1);
      assertTrue(before.get(before.size() - 1).atMillis() < parts.get(i).get(0).atMillis());
    }
  }

  @Test
  void trace_needsItsFunctionsName() throws IOException {
    Path file = file("t", "import time: self [us] | cumulative | imported package\nprint\n\n");
    assertEquals(
        "3 = 0 + 2 + {no function name: say which with --function=1}", Reading.of(file).counts());
    Reading read = Reading.of(file, Reading.ofFunction("checkout-api"));
    assertEquals("3 = 1 + 2 + {}", read.counts());
    StreamId stream = read.streams().keySet().iterator().next();
    assertEquals("checkout-api", stream.function());
    assertEquals("$LATEST", stream.version());
  }

  @Test
  void utf16AndByteOrderMarks_areReadAsText() throws IOException {
    String text = "import time:        22 |         22 |   m\u00f3dulo\r\n";
    Origin origin = Reading.ofFunction("f");
    Reading plain = Reading.of(file("u", text), origin);
    for (byte[] bytes :
        List.of(
            Reading.utf8("\ufeff" + text),
            ("\ufeff" + text).getBytes(UTF_16LE),
            ("\ufeff" + text).getBytes(UTF_16BE),
            Reading.gzip(("\ufeff" + text).getBytes(UTF_16LE)))) {
      assertEquals(lines(plain), lines(Reading.of(Reading.write(folder, "v", bytes), origin)));
    }
  }

  @Test
  void bothStreamForms_nameTheirVersion_andCustomGroupsTheFunction() {
    StreamId custom = stream("any group", "2023/11/06/fn[$LATEST]13e304cba4b9446eb7ef082a00038990");
    StreamId bracketed =
        stream("any group", "2023/11/06/fn[$LATEST][13e304cba4b9446eb7ef082a00038990]");
    StreamId own = stream("/aws/lambda/other", "2023/07/05/[56]374cd7798d2a4e36a494a23d658b9741");
    assertEquals("fn $LATEST", custom.function() + " " + custom.version());
    assertEquals("fn $LATEST", bracketed.function() + " " + bracketed.version());
    assertEquals("other 56", own.function() + " " + own.version());
    assertEquals("null null", stream("g", "x").function() + " " + stream("g", "x").version());
  }

  @Test
  void edgeFunctions_areNamedWithoutTheirHomeRegion() {
    StreamId edge = stream("/aws/lambda/us-east-1.viewer-request", "2026/09/21/x[3]0011");
    StreamId custom = stream("any group", "2026/09/21/us-gov-west-1.viewer-request[3]0011");
    assertEquals("viewer-request", edge.function());
    assertEquals("viewer-request", custom.function());
    assertEquals("us-east-1.", stream("/aws/lambda/us-east-1.", "s").function());
    assertEquals("a-b-1.c", stream("/aws/lambda/a-b-1.c", "s").function());
  }

  private static StreamId stream(String group, String stream) {
    return new StreamId("123456789012", "eu-west-1", group, stream);
  }

  private static List<TimingLine> lines(Reading reading) {
    List<TimingLine> lines = new ArrayList<>();
    for (List<TimedLine> stream : reading.streams().values()) {
      stream.forEach(line -> lines.add(line.line()));
    }
    return lines;
  }

  private static String data(String batch) {
    return Base64.getEncoder().encodeToString(Reading.gzip(Reading.utf8(batch)));
  }

  private Path file(String name, String text) throws IOException {
    return Reading.write(folder, name, Reading.utf8(text));
  }
}
