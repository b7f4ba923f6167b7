package dev.frostline.ingest.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Import names repeat in every cold start: each becomes a string once. The latest name of a slot
 * wins, so it stays small.
 */
final class NameTable {
  private static final int SLOTS = 1 << 14;

  /** Names differ most in their last characters. */
  private static final int HASHED = 16;

  private final @Nullable String[] names = new String[SLOTS];
  private final byte[][] bytes = new byte[SLOTS][0];

  String name(byte[] text, int from, int to) {
    String known = known(text, from, to);
    if (known != null) {
      return known;
    }
    String name = new String(text, from, to - from, StandardCharsets.UTF_8);
    int slot = slot(text, from, to);
    names[slot] = name;
    bytes[slot] = Arrays.copyOfRange(text, from, to);
    return name;
  }

  /** The name if it was seen before. */
  @Nullable String known(byte[] text, int from, int to) {
    int slot = slot(text, from, to);
    byte[] known = bytes[slot];
    return Arrays.equals(known, 0, known.length, text, from, to) ? names[slot] : null;
  }

  private static int slot(byte[] text, int from, int to) {
    int hash = to - from;
    for (int i = Math.max(from, to - HASHED); i < to; i++) {
      hash = hash * 31 + text[i];
    }
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }
}
