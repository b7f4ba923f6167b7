package dev.frostline.ingest.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form of line, as folders of {@code src/test/resources/lines}: {@code given} holds one event
 * a line, control characters escaped as in Java, {@code expect} what each is read into.
 */
final class LineReaderTest {
  private static final Path FIXTURES = Path.of("src/test/resources/lines");

  static List<Path> fixtures() throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void eachLine_isReadAsExpected(Path fixture) throws IOException {
    LineReader reader = new LineReader();
    String read =
        Files.readAllLines(fixture.resolve("given")).stream()
            .map(line -> read(reader, line.translateEscapes()))
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(Files.readString(fixture.resolve("expect")), read);
  }

  /** Collectors turn tabs into blanks; a logger's prefix cannot be told then, anything else can. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void tabsFlattenedToBlanks_changeNothing(Path fixture) throws IOException {
    for (String line : Files.readAllLines(fixture.resolve("given"))) {
      String text = line.translateEscapes();
      if (text.indexOf('\t') > 0 && !text.contains("INFO") && !text.contains("tabbed")) {
        assertEquals(
            read(new LineReader(), text), read(new LineReader(), text.replace('\t', ' ')), text);
      }
    }
  }

  @Test
  void everyPrefixOfALine_isReadOrRefused_withoutACrash() throws IOException {
    LineReader reader = new LineReader();
    for (Path fixture : fixtures()) {
      for (String line : Files.readAllLines(fixture.resolve("given"))) {
        String text = line.translateEscapes();
        for (int length = 0; length < text.length(); length += 3) {
          assertFalse(read(reader, text.substring(0, length)).isEmpty());
        }
      }
    }
  }

  @Test
  void rowsJoinedOnALine_areRowsOfATree_andWhatWasCutIsCounted() throws BrokenLineException {
    LineReader reader = new LineReader();
    for (String line :
        List.of(
            "532 | collections import time: 63 | 63 | _functools",
            "import time: 5 | import time: 63 | 63 | _functools",
            "import time: 63 | 63 | _functools import time: 10",
            "import time: 63 | 63 | _functools import ti")) {
      List<TimingLine> rows = new ArrayList<>();
      byte[] text = line.getBytes(StandardCharsets.UTF_8);
      assertEquals(1, reader.read(text, 0, text.length, rows), line);
      assertTrue(rows.toString().contains("name=_functools,"), rows.toString());
      assertEquals(1, rows.size(), line);
    }
  }

  @Test
  void nameOf1024Bytes_isTheLongest() {
    String row = "import time: 1 | 2 | ";
    assertTrue(read(new LineReader(), row + "n".repeat(1024)).startsWith("ImportTime"));
    assertEquals(
        "rejected: import name longer than 1,024 bytes",
        read(new LineReader(), row + "n".repeat(1025)));
  }

  @Test
  void depthBeyondAnyInterpreter_isRejected() {
    String row = "import time: 1 | 2 | " + " ".repeat(20_000) + "x";
    assertEquals(
        "rejected: import row nested deeper than 9,999 levels", read(new LineReader(), row));
  }

  @Test
  void valueOfAPlatformLine_hasALimit() {
    String id = "r".repeat(70_000);
    assertEquals(
        "rejected: platform line with a value longer than 1,024 characters",
        read(new LineReader(), "START RequestId: " + id));
    assertEquals(
        "rejected: platform event with a value longer than 1,024 characters",
        read(
            new LineReader(),
            "{\"type\":\"platform.start\",\"record\":{\"requestId\":\"" + id + "\"}}"));
  }

  @Test
  void halfASurrogatePair_isReadAsTheStoreKeepsIt() {
    assertTrue(read(new LineReader(), "import time: 1 | 2 | a\ud800b").contains("name=a?b"));
    assertTrue(read(new LineReader(), "import time: 1 | 2 | a\0b").contains("name=a\0b"));
    assertTrue(read(new LineReader(), "START RequestId: a\udc00b").contains("requestId=a?b"));
  }

  @Test
  void jsonNestedTooDeep_isRejectedWhenItNamesThePlatform() {
    String deep = "[".repeat(1001);
    assertEquals(
        "rejected: platform event that is not JSON",
        read(new LineReader(), "{\"type\":\"platform.report\",\"x\":" + deep));
    assertEquals("not ours", read(new LineReader(), "{\"x time:\":" + deep));
  }

  @Test
  void numberOf1001Digits_isRejected() {
    String event =
        "{\"type\":\"platform.report\",\"record\":{\"requestId\":\"r\",\"metrics\":{\"durationMs\":%s}}}";
    assertEquals(
        "rejected: platform event that is not JSON",
        read(new LineReader(), String.format(event, "9".repeat(1001))));
    assertEquals(
        "rejected: duration out of range",
        read(new LineReader(), String.format(event, "9".repeat(900))));
  }

  private static String read(LineReader reader, String text) {
    List<TimingLine> lines = new ArrayList<>();
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      reader.read(bytes, 0, bytes.length, lines);
    } catch (BrokenLineException e) {
      return "rejected: " + e.reason();
    }
    return lines.isEmpty()
        ? "not ours"
        : lines.stream().map(String::valueOf).collect(Collectors.joining(" + "));
  }
}
