package dev.frostline.ingest.line;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Import names repeat in every cold start: each becomes a string once. The latest name of a slot
 * wins, so it stays small.
 */
final class NameTable {
  private static final int SLOTS = 1 << 14;
  private final @Nullable String[] names = new String[SLOTS];

  String name(char[] text, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + text[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    String known = names[slot];
    if (known != null && isEqual(known, text, from, to)) {
      return known;
    }
    String name = storable(new String(text, from, to - from));
    names[slot] = name;
    return name;
  }

  /**
   * The text as UTF-8 can hold it: half a surrogate pair becomes a question mark here, as it would
   * in the store, so that what is read again equals what was stored.
   */
  static String storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  private static boolean isEqual(String known, char[] text, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (known.charAt(i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
