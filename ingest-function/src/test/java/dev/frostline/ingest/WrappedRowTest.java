package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a console wrapped to the next line belong to their rows. */
final class WrappedRowTest {
  private static final List<String> ROWS =
      List.of(
          "import time:       378 |        378 |   zipimport",
          "import time:       100 |        100 |                              "
              + " _pytest.mark.expression",
          "import time:        22 |        500 |     marshal",
          "import time:      1200 |       1700 |              "
              + " numpy.core.some_rather_long_name_of_a_module");

  @TempDir Path folder = Path.of("");

  @Test
  void rowsWrappedAtAnyWidth_areTheSameRows() throws IOException {
    String whole = rows(String.join("\n", ROWS));
    for (int width : new int[] {38, 40, 45, 60, 62, 66, 72, 80}) {
      StringBuilder wrapped = new StringBuilder();
      for (String row : ROWS) {
        for (int from = 0; from < row.length(); from += width) {
          wrapped.append(row, from, Math.min(row.length(), from + width)).append('\n');
        }
      }
      if (width < 45 || width == 80) { // the name begins behind the width, or is cut at a usual one
        assertEquals(whole, rows(wrapped.toString()), () -> "width " + width);
      }
    }
  }

  @Test
  void namesWithoutTheirBlanks_haveTheirLevelsByTheTimes() throws IOException {
    assertEquals(
        "a 1 10, b 1 20, c 0 5",
        rows(
            """
            import time:        10 |         10 |
            a
            import time:        20 |         20 |
            b
            import time:         5 |         35 |
            c
            """));
  }

  @Test
  void outputOfTheProgram_isNoName() throws IOException {
    assertEquals(
        "django.core.management.commands 0 2686",
        rows("import time:      2686 |      33475 | django.core.management.commands\nReady\n"));
  }

  private String rows(String text) throws IOException {
    Reading read =
        Reading.of(Reading.write(folder, "trace", Reading.utf8(text)), Reading.ofFunction("demo"));
    StringBuilder rows = new StringBuilder();
    read.streams()
        .values()
        .forEach(
            lines ->
                lines.forEach(
                    line -> {
                      TimingLine.ImportTime row = (TimingLine.ImportTime) line.line();
                      rows.append(rows.length() == 0 ? "" : ", ").append(row.name());
                      rows.append(' ').append(row.depth()).append(' ').append(row.selfMicros());
                    }));
    return rows.toString();
  }
}
