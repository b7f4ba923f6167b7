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
          "import time:        51 |         51 |                            "
              + " numpy.core.another_name_as_long",
          "import time:      1200 |       1700 |              "
              + " numpy.core.some_rather_long_name_of_a_module");

  @TempDir Path folder = Path.of("");

  @Test
  void rowsWrappedAtAnyWidth_areTheSameRows() throws IOException {
    String whole = rows(String.join("\n", ROWS));
    for (int width = 38; width < 96; width++) {
      StringBuilder wrapped = new StringBuilder();
      for (String row : ROWS) {
        for (int from = 0; from < row.length(); from += width) {
          wrapped.append(row, from, Math.min(row.length(), from + width)).append('\n');
        }
      }
      assertEquals(whole, rows(wrapped.toString()), "width " + width);
    }
  }

  @Test
  void wordsOfTheProgram_behindItsLongestRow_areNoNames() throws IOException {
    String row = "import time:      2686 |      33475 | django.core.management.commands\n";
    String longer = "import time:         1 |          1 | " + "a".repeat(40) + "\n";
    assertEquals(
        "django.core.management.commands 0 2686, " + "a".repeat(40) + " 0 1",
        rows(row + "Ready\n" + longer));
    assertEquals(
        "a 0 1, " + "a".repeat(40) + " 0 1",
        rows("import time:         1 |          1 | a\nReady\nSteady\n" + longer));
  }

  @Test
  void rowsWithoutThePaddingOfTheirFigures_haveTheirLevelsByTheTimes() throws IOException {
    assertEquals(
        "a 1 10, b 1 20, c 0 5",
        rows("import time: 10 | 10 | a\nimport time: 20 | 20 | b\nimport time: 5 | 35 | c\n"));
  }

  /** As pastes, pages and lists have them. */
  @Test
  void whatStandsBetweenJoinedRows_isOfNoName() throws IOException {
    List<String> rows =
        List.of(
            "import time: 10 | 10 | a", "import time: 20 | 20 | b-c", "import time: 5 | 35 | d");
    for (String between :
        List.of(
            " ",
            "",
            ", ",
            "; ",
            " | ",
            " / ",
            " - ",
            " ... ",
            " && ",
            "\\n",
            "\\r\\n",
            "<br>",
            "\", \"",
            "\u00a0",
            "\u2028",
            " \u2022 ")) {
      assertEquals("a 1 10, b-c 1 20, d 0 5", rows(String.join(between, rows)), between);
    }
    assertEquals(
        "a 1 10, b-c 1 20, d 0 5", rows("[\"" + String.join("\\n\", \"", rows) + "\\n\"]\n"));
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
