package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.StreamAssembly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments that ran at once, in a file that names no streams. */
final class LanesTest {
  private static final String INIT = "INIT_START Runtime Version: python:3.13.v43";

  @TempDir Path folder = Path.of("");

  @Test
  void environmentsAtOnce_areTakenApart() throws IOException {
    List<ColdStart> starts =
        coldStarts(
            INIT,
            INIT,
            "START RequestId: a Version: 7",
            "START RequestId: b Version: 8",
            INIT,
            report("b", 200),
            "START RequestId: c Version: 8",
            report("a", 100),
            report("c", 300));
    List<String> said = new ArrayList<>();
    starts.forEach(start -> said.add(start.version() + " " + start.initMicros()));
    assertEquals(List.of("7 100000", "8 200000", "8 300000"), said.stream().sorted().toList());
    assertEquals(0, starts.stream().filter(start -> start.suspectLines() > 0).count());
  }

  /** Rows that may be of either are of neither, and told. */
  @Test
  void rowsOfInitsAtOnce_areGivenToNone() throws IOException {
    String text =
        "2026-09-21T10:00:10 "
            + INIT
            + "\n2026-09-21T10:00:11 import time: 5 | 5 | a\n"
            + "2026-09-21T10:00:12 "
            + INIT
            + "\n2026-09-21T10:00:13 import time: 5 | 5 | a\n"
            + "2026-09-21T10:00:14 START RequestId: a Version: 7\n"
            + "2026-09-21T10:00:15 START RequestId: b Version: 8\n"
            + "2026-09-21T10:00:16 "
            + report("a", 100)
            + "\n2026-09-21T10:00:17 "
            + report("b", 200);
    Reading read =
        Reading.of(Reading.write(folder, "tail", Reading.utf8(text)), Reading.ofFunction("demo"));
    assertEquals("8 = 6 + 0 + {" + LooseEvents.SEVERAL_AT_ONCE + "=2}", read.counts());
    read.streams()
        .forEach(
            (stream, lines) ->
                assertEquals(
                    0,
                    StreamAssembly.assemble(stream, lines).coldStarts().get(0).imports().size()));
  }

  private static String report(String request, int initMillis) {
    return "REPORT RequestId: "
        + request
        + "\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 80 MB"
        + "\tInit Duration: "
        + initMillis
        + " ms\t";
  }

  private List<ColdStart> coldStarts(String... messages) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < messages.length; i++) {
      text.append("2026-09-21T10:00:").append(10 + i).append(' ').append(messages[i]).append('\n');
    }
    Path file = Reading.write(folder, "tail", Reading.utf8(text.toString()));
    List<ColdStart> starts = new ArrayList<>();
    Reading.of(file, Reading.ofFunction("demo"))
        .streams()
        .forEach(
            (stream, lines) -> starts.addAll(StreamAssembly.assemble(stream, lines).coldStarts()));
    return starts;
  }
}
