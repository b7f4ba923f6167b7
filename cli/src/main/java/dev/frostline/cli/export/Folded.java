package dev.frostline.cli.export;

import dev.frostline.report.picture.Timeline.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brendan Gregg's folded stacks, a line each: {@code app;pandas;numpy 1320}, own time in
 * microseconds. Separators within a name become {@code _}.
 */
final class Folded {
  private Folded() {}

  static void write(Traced traced, OutputStream out) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (List<Span> path : traced.paths()) {
      long micros = Traced.micros(path.get(path.size() - 1).selfMs());
      if (micros > 0) {
        lines
            .append(path.stream().map(span -> plain(span.name())).collect(Collectors.joining(";")))
            .append(' ')
            .append(micros)
            .append('\n');
      }
    }
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String plain(String name) {
    return name.replaceAll("[;\\s\\p{Cntrl}]", "_");
  }
}
