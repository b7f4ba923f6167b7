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
import org.junit.jupiter.api.TestFactory;

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
    return lines.stream().map(TimedLine::line).toList();
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
