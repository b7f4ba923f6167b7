package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.StreamAssembly;
import dev.frostline.ingest.line.BrokenLineException;
import dev.frostline.ingest.line.LineReader;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Every public sample is read without a crash, every event counted: {@code counts.txt} has the
 * table.
 */
final class SharedDataTest {
  private static final Path DATA =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data");
  private static final List<String> FOLDERS =
      List.of(
          "platform-lines",
          "subscription-payloads",
          "sample-events",
          "importtime-public",
          "importtime-cpython314-315",
          "importtime-raw-samples");

  @Test
  void everyFile_isReadAndCounted() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "the shared data is not beside the project");
    StringBuilder table = new StringBuilder("folder: received = timing + not ours + rejected\n");
    for (String folder : FOLDERS) {
      table.append(folder).append(": ").append(read(DATA.resolve(folder))).append('\n');
    }
    System.out.print(table);
    assertEquals(Files.readString(Path.of("src/test/resources/counts.txt")), table.toString());
  }

  /**
   * Lines that other projects quote or test with, tabs lost or not: never a crash, never a reject.
   */
  @Test
  void linesOfOtherProjects_areUnderstoodOrNotOurs() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "the shared data is not beside the project");
    LineReader reader = new LineReader();
    Map<String, Integer> read = new TreeMap<>();
    for (String file : List.of("quoted_public_lines.ndjson", "fixture_lines.ndjson")) {
      for (String json : Files.readAllLines(DATA.resolve("platform-lines").resolve(file))) {
        String line = new ObjectMapper().readTree(json).path("line").asText();
        read.merge(kind(reader, line), 1, Integer::sum);
      }
    }
    assertEquals(
        "{Fault=1, InitReport=12, InitRuntimeDone=2, InitStart=8, Report=27, RestoreReport=3,"
            + " RestoreStart=2, Start=10, not ours=9}",
        read.toString());
  }

  @Test
  void realStreams_areNeverSuspect() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "the shared data is not beside the project");
    List<ColdStart> coldStarts = new ArrayList<>();
    for (String folder : List.of("platform-lines", "subscription-payloads")) {
      for (Path file : files(DATA.resolve(folder))) {
        if (!file.toString().endsWith(".ndjson") && !file.toString().contains("PolicyLevel")) {
          Reading.of(file, Reading.ofFunction("sample"))
              .streams()
              .forEach(
                  (stream, lines) ->
                      coldStarts.addAll(StreamAssembly.assemble(stream, lines).coldStarts()));
        }
      }
    }
    assertEquals(List.of(), coldStarts.stream().filter(start -> start.suspectLines() > 0).toList());
    assertEquals(7, coldStarts.size());
  }

  private static String kind(LineReader reader, String line) {
    List<TimingLine> lines = new ArrayList<>();
    try {
      byte[] text = line.getBytes(StandardCharsets.UTF_8);
      reader.read(text, 0, text.length, lines);
      return lines.isEmpty() ? "not ours" : lines.get(0).getClass().getSimpleName();
    } catch (BrokenLineException e) {
      return e.reason() + ": " + line;
    }
  }

  private static String read(Path folder) throws IOException {
    LineTally all = new LineTally();
    Map<String, String> refused = new LinkedHashMap<>();
    for (Path file : files(folder)) {
      try {
        all.add(Reading.of(file, Reading.ofFunction("sample")).tally());
      } catch (UndecodableException e) {
        refused.put(String.valueOf(file.getFileName()), String.valueOf(e.getMessage()));
      }
    }
    StringBuilder row = new StringBuilder();
    row.append(all.received()).append(" = ").append(all.keptEvents());
    row.append(" + ").append(all.notOursEvents()).append(" + ");
    row.append(all.received() - all.keptEvents() - all.notOursEvents());
    new TreeMap<>(all.rejects())
        .forEach((why, n) -> row.append("\n  ").append(n).append(' ').append(why));
    refused.forEach(
        (file, why) -> row.append("\n  refused ").append(file).append(": ").append(why));
    return row.toString();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.endsWith("README.md") && !file.endsWith("manifest.json"))
          .sorted()
          .toList();
    }
  }
}
