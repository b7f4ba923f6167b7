package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rows of Node.js or .NET, single or packed, read back into a tree by their depths. */
record NodeTree(List<Row> roots) {
  private static final Pattern LINE =
      Pattern.compile("(?:.*\\t)?(?:node|dotnet) time: +(-?\\d+) \\| +(\\d+) \\| ( *)(\\S.*)");
  private static final Pattern PACK =
      Pattern.compile(
          ".*FROSTLINE pack v=1 id=\\w+ kind=(?:node|dotnet) part=\\d+/\\d+ enc=text (.*?)(?:\"\\})?");

  /** One row and those below it. */
  record Row(int depth, long self, long cumulative, String name, List<Row> kids) {
    Stream<Row> all() {
      return Stream.concat(Stream.of(this), kids.stream().flatMap(Row::all));
    }

    List<String> kidNames() {
      return kids.stream().map(Row::name).toList();
    }
  }

  static NodeTree read(String text) {
    List<Row> open = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher row = LINE.matcher(line);
      Matcher pack = PACK.matcher(line);
      if (row.matches()) {
        add(open, row.group(3).length() / 2, row.group(1), row.group(2), row.group(4));
      } else if (pack.matches()) {
        for (String record : pack.group(1).split(";", -1)) {
          String[] cells = record.split(":", 4);
          if (!cells[0].startsWith("gc/")) {
            String name = URLDecoder.decode(cells[3], StandardCharsets.UTF_8);
            add(open, Integer.parseInt(cells[0]), cells[1], cells[2], name);
          }
        }
      }
    }
    return new NodeTree(open);
  }

  private static void add(List<Row> open, int depth, String self, String cumulative, String name) {
    int from = open.size();
    while (from > 0 && open.get(from - 1).depth() > depth) {
      from--;
    }
    List<Row> kids = open.subList(from, open.size());
    Row row =
        new Row(depth, Long.parseLong(self), Long.parseLong(cumulative), name, List.copyOf(kids));
    kids.clear();
    open.add(row);
  }

  Row named(String name) {
    return all()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row of " + name + " in " + roots));
  }

  Stream<Row> all() {
    return roots.stream().flatMap(Row::all);
  }

  /** Every row's time is its own and its kids', and roots stand at depth 0. */
  void assertAddsUp() {
    for (Row row : all().toList()) {
      long kids = row.kids().stream().mapToLong(Row::cumulative).sum();
      long apart = Math.abs(row.cumulative() - row.self() - kids);
      assertTrue(apart <= row.kids().size() + 1, row.toString());
    }
    assertEquals(List.of(), roots.stream().filter(root -> root.depth() != 0).toList());
  }
}
