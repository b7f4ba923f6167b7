package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The same log through every tool that shows or collects it. */
final class FormsTest {
  private static final Path FORMS = Path.of("src/test/resources/forms");
  private static final Origin DEMO = Reading.ofFunction("demo");

  /** Six events, four of them ours, as the tools of AWS and around it put them out. */
  @TestFactory
  Stream<DynamicTest> everyOutput_holdsTheSameLines() throws IOException {
    List<TimingLine> expected = lines(Reading.of(FORMS.resolve("outputs/export.txt"), DEMO));
    assertEquals(4, expected.size());
    return files("outputs")
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()),
                    () -> {
                      Reading read = Reading.of(file, DEMO);
                      assertEquals(expected, lines(read));
                      assertEquals(Map.of(), read.tally().rejects());
                      assertEquals(4, read.tally().keptEvents(), read.counts());
                    }));
  }

  /** A trace of four lines behind the prefixes of collectors. */
  @TestFactory
  Stream<DynamicTest> everyCollector_isTakenOff() throws IOException {
    return files("collectors")
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()),
                    () -> {
                      Reading read = Reading.of(file, DEMO);
                      assertEquals(Map.of(), read.tally().rejects());
                      assertEquals(
                          "TraceHeader zipimport 1 378 marshal 2 22 numpy 0 1200",
                          words(lines(read)),
                          read.counts());
                    }));
  }

  /** Documents over many lines, more of them than a parser reads ahead. */
  @Test
  void documentsOneBehindTheOther_areAllRead(@TempDir Path folder) throws IOException {
    String page = Files.readString(FORMS.resolve("outputs/filter.json"));
    Reading once = Reading.of(FORMS.resolve("outputs/filter.json"), DEMO);
    for (String between : List.of("", "\n", "\r\n\r\n")) {
      String pages = (page.strip() + between).repeat(40);
      Reading read = Reading.of(Reading.write(folder, "pages", Reading.utf8(pages)), DEMO);
      assertEquals(40 * once.tally().received(), read.tally().received());
      assertEquals(40 * once.tally().keptEvents(), read.tally().keptEvents());
    }
  }

  /** Unix times in any unit. */
  @Test
  void timeInAnyUnit_isTheSame(@TempDir Path folder) throws IOException {
    for (String time :
        List.of(
            "1790000000",
            "1790000000.000",
            "1790000000000",
            "1790000000000000",
            "1790000000000000000")) {
      String row = "START RequestId: 0a1b2c3d-1b53-4faf-922d-1d74357b1671 Version: 7";
      for (String log :
          List.of(
              "timestamp,message\n" + time + ",\"" + row + "\"\n",
              "[{\"timestamp\":" + time + ",\"message\":\"" + row + "\"}]",
              "[{\"timestamp\":\"" + time + "\",\"message\":\"" + row + "\"}]")) {
        Reading read = Reading.of(Reading.write(folder, "log", Reading.utf8(log)), DEMO);
        List<TimedLine> lines = new ArrayList<>();
        read.streams().values().forEach(lines::addAll);
        assertEquals(1_790_000_000_000L, lines.get(0).atMillis(), log);
      }
    }
  }

  @Test
  void documentBehindAnItemOfYaml_isReadByItself(@TempDir Path folder) throws IOException {
    String yaml = Files.readString(FORMS.resolve("outputs/filter.yaml"));
    String json = Files.readString(FORMS.resolve("outputs/filter.json"));
    Reading read = Reading.of(Reading.write(folder, "both", Reading.utf8(yaml + json)), DEMO);
    assertEquals(8, read.tally().keptEvents(), read.counts());
  }

  /** Messages alone, as {@code jq -r} prints them: a program begins its lines with a time, too. */
  @Test
  void timeOfTheProgram_takesNoLineOfOursIn(@TempDir Path folder) throws IOException {
    String log =
        """
        INIT_START Runtime Version: nodejs:22.v20
        2026-09-21T10:00:31.000Z\t0a1b2c3d-1b53-4faf-922d-1d74357b1671\tINFO\thello
        node time:      1770 |       1945 |   ./lib/heavy.js
        2026-09-21 10:00:31,123 INFO loaded
        node time:       100 |       2045 | app.js
        START RequestId: 0a1b2c3d-1b53-4faf-922d-1d74357b1671 Version: 7
        2026-09-21T10:00:31.123456Z  WARN shop: slow
        {"time":"2026-09-21T10:00:31.200Z","type":"platform.logsDropped","record":{}}
        END RequestId: 0a1b2c3d-1b53-4faf-922d-1d74357b1671
        2026-09-21T10:00:34.000Z 0a1b2c3d-1b53-4faf-922d-1d74357b1671 Task timed out after 3.00 seconds

        REPORT RequestId: 0a1b2c3d-1b53-4faf-922d-1d74357b1671\tDuration: 3000.00 ms\tInit Duration: 205.52 ms\t
        """;
    for (String prefix : List.of("", "10:00:30  ", "[build] ", "pod-7d app ", "      7\t")) {
      String prefixed = prefix + log.strip().replace("\n", "\n" + prefix) + "\n";
      Reading read = Reading.of(Reading.write(folder, "log", Reading.utf8(prefixed)), DEMO);
      List<TimingLine> lines = lines(read);
      assertEquals(prefix.isEmpty(), lines.removeIf(TimingLine.Fault.class::isInstance), prefix);
      assertEquals(Map.of(), read.tally().rejects());
      assertEquals(5, lines.size(), () -> prefix + lines);
    }
  }

  /** A tool's event of several lines is one, whatever its program printed. */
  @Test
  void lineWithinAnEvent_isNoneOfThePlatform(@TempDir Path folder) throws IOException {
    String log =
        """
        2026-09-21T10:00:30.000Z INIT_START Runtime Version: nodejs:22.v20
        2026-09-21T10:00:31.000Z the log of another function:
        REPORT RequestId: 0a1b2c3d-1b53-4faf-922d-1d74357b1671\tDuration: 3.00 ms\tInit Duration: 1.00 ms
        2026-09-21T10:00:31.100Z quoted: REPORT RequestId: 0a1b2c3d-1b53-4faf-922d-1d74357b1671\tDuration: 3.00 ms
        """;
    Reading read = Reading.of(Reading.write(folder, "log", Reading.utf8(log)), DEMO);
    assertEquals("3 = 1 + 2 + {}", read.counts());
  }

  private static Stream<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FORMS.resolve(folder))) {
      List<Path> sorted = files.sorted().toList();
      assertTrue(sorted.size() > 20, sorted.toString());
      return sorted.stream();
    }
  }

  private static List<TimingLine> lines(Reading reading) {
    List<TimedLine> lines = new ArrayList<>();
    reading.streams().values().forEach(lines::addAll);
    Collections.sort(lines);
    return new ArrayList<>(lines.stream().map(TimedLine::line).toList());
  }

  private static String words(List<TimingLine> lines) {
    StringBuilder words = new StringBuilder();
    for (TimingLine line : lines) {
      words.append(words.length() == 0 ? "" : " ");
      if (line instanceof TimingLine.ImportTime row) {
        words.append(row.name()).append(' ').append(row.depth()).append(' ');
        words.append(row.selfMicros());
      } else {
        words.append(line.getClass().getSimpleName());
      }
    }
    return words.toString();
  }
}
