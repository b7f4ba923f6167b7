package dev.frostline.verdict.timeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which code each start of a track ran. A start that lost its identity (no end line, so no
 * fingerprint) has that of its neighbours where those on both sides agree, else none.
 */
final class Identities {
  private Identities() {}

  /** One name a start, in their order; null where nobody knows. */
  static <S extends ServedStart> List<@Nullable String> of(List<S> starts) {
    boolean known = starts.stream().anyMatch(start -> !Track.isUnknown(start.deployment()));
    List<@Nullable String> names = new ArrayList<>(starts.size());
    @Nullable String before = null;
    for (int i = 0; i < starts.size(); i++) {
      String name = starts.get(i).deployment();
      boolean lost = known && Track.isUnknown(name);
      names.add(lost ? null : name);
      if (!lost) {
        fill(names, i, before);
        before = name;
      }
    }
    return names;
  }

  /** Gives the unknown ones right before a known one its name where the one before them has it. */
  private static void fill(List<@Nullable String> names, int at, @Nullable String before) {
    String name = names.get(at);
    for (int i = at - 1; i >= 0 && names.get(i) == null; i--) {
      if (name != null && name.equals(before)) {
        names.set(i, name);
      }
    }
  }
}
