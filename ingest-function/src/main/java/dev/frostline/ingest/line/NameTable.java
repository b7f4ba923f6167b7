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
    int hash = to - from;
    for (int i = Math.max(from, to - HASHED); i < to; i++) {
      hash = hash * 31 + text[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    byte[] known = bytes[slot];
    String knownName = names[slot];
    if (knownName != null && Arrays.equals(known, 0, known.length, text, from, to)) {
      return knownName;
    }
    String name = new String(text, from, to - from, StandardCharsets.UTF_8);
    names[slot] = name;
    bytes[slot] = Arrays.copyOfRange(text, from, to);
    return name;
  }
}
