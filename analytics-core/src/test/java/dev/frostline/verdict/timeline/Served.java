package dev.frostline.verdict.timeline;

import java.util.ArrayList;
import java.util.List;

/** One cold start of a hand-made history; {@link Histories} makes many. */
record Served(long id, long startedAtMicros, String version, String deployment)
    implements ServedStart {
  private static final long HOUR = 3_600_000_000L;

  /** Hand-made histories: {@code "a*30 b*8 a*2"} is thirty starts of a, one an hour, and so on. */
  static List<Served> latest(String text) {
    List<Served> starts = new ArrayList<>();
    for (String part : text.split(" ", -1)) {
      String[] words = part.split("\\*", -1);
      String name = words[0].equals("?") ? "$LATEST" : words[0];
      for (int i = 0; i < (words.length == 1 ? 1 : Integer.parseInt(words[1])); i++) {
        starts.add(new Served(starts.size(), starts.size() * HOUR, "$LATEST", name));
      }
    }
    return starts;
  }

  /** The same of published versions. */
  static List<Served> published(String text) {
    return latest(text).stream()
        .map(one -> new Served(one.id, one.startedAtMicros, one.deployment, one.deployment))
        .toList();
  }

  Served later(long hours) {
    return new Served(id + 1_000_000, startedAtMicros + hours * HOUR, version, deployment);
  }
}
