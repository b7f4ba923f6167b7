package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.StreamAssembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs after public bug reports, tool outputs and AWS documentation: each is read as it is. */
final class PublicCasesTest {
  private static final Path CASES =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data/public-cases");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "01-firehose-s3-concat.json; 12 = 9 + 3 + {}; 3",
        "01c-firehose-control-first.json; 9 = 6 + 3 + {}; 2",
        "01d-firehose-double-gzip.gz; 8 = 6 + 2 + {}; 2",
        "04-sam-logs.txt; 5 = 3 + 2 + {}; 1",
        "07-console.csv; 4 = 3 + 1 + {}; 1",
        "09-compose.log; 4 = 4 + 0 + {}; 1",
        "10b-restore-hook-error.json; 2 = 2 + 0 + {}; 1",
        "15-edge.json; 4 = 3 + 1 + {}; 1",
        "21-invalid-entrypoint.json; 7 = 5 + 2 + {}; 2",
        "28-junk-before-row.log; 6 = 4 + 2 + {}; 1",
        "34b-firehose-decompressed.json; 8 = 6 + 2 + {}; 2",
        "36-cr-joined.json; 5 = 4 + 1 + {}; 1",
        "40-query-messages.json; 4 = 3 + 1 + {}; 1",
        "42-app-json.json; 7 = 3 + 4 + {}; 1",
        "46-tail-short-two-versions.txt; 240 = 180 + 60 + {}; 60",
        "50-get-logs-sh.json; 5 = 3 + 1 + {JSON of no known form=1}; 1",
        "55-console-expanded.txt; 4 = 3 + 1 + {}; 1",
        "61-flattened.txt; 2 = 1 + 0 + {import row cut off=1}; 1",
      })
  void publicCase_isReadAndCounted(String file, String counts, int coldStarts) throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(CASES), "the shared data is not beside the project");
    Reading read = Reading.of(CASES.resolve(file), Reading.ofFunction("demo"));
    assertEquals(counts, read.counts());
    assertEquals(coldStarts, coldStarts(read).size());
  }

  private static List<ColdStart> coldStarts(Reading read) {
    List<ColdStart> coldStarts = new ArrayList<>();
    read.streams()
        .forEach(
            (stream, lines) ->
                coldStarts.addAll(StreamAssembly.assemble(stream, lines).coldStarts()));
    return coldStarts;
  }
}
