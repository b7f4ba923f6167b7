package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
