package dev.frostline.ingest.line;

import dev.frostline.timing.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Import names repeat in every cold start: each becomes a string once. The latest names of a slot
 * win, so it stays small.
 */
final class NameTable {
  private static final int SLOT_BITS = 14;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** An odd number whose bits are spread: 2 to the 64th by the golden ratio. */
  private static final long MIXER = 0x9e3779b97f4a7c15L;

  /** Names of one slot that are kept beside each other; a name without room costs a row ten. */
  private static final int WAYS = 4;

  private final @Nullable String[] names = new String[SLOTS];
  private final byte[][] bytes = new byte[SLOTS][0];
  private int next;

  String name(byte[] text, int from, int to) {
    String known = known(text, from, to);
    if (known != null) {
      return known;
    }
    String name = new String(text, from, to - from, StandardCharsets.UTF_8);
    int slot = free(slot(text, from, to));
    names[slot] = name;
    bytes[slot] = Arrays.copyOfRange(text, from, to);
    return name;
  }

  /** The name if it was seen before. */
  @Nullable String known(byte[] text, int from, int to) {
    int first = slot(text, from, to);
    for (int slot = first; slot < first + WAYS; slot++) {
      byte[] known = bytes[slot];
      if (Arrays.equals(known, 0, known.length, text, from, to)) {
        return names[slot];
      }
    }
    return null;
  }

  /** Where a name goes that has its place from there on: where none is, or in turn. */
  private int free(int first) {
    for (int slot = first; slot < first + WAYS; slot++) {
      if (names[slot] == null) {
        return slot;
      }
    }
    next = (next + 1) % WAYS;
    return first + next;
  }

  private static int slot(byte[] text, int from, int to) {
    int length = to - from;
    long first = length > Long.BYTES ? EightBytes.at(text, from) : 0;
    long hash = (last(text, from, to) * MIXER + first) * MIXER + length;
    return (int) (hash >>> -SLOT_BITS) & -WAYS;
  }

  /** The last eight bytes of the name, or all of it. */
  private static long last(byte[] text, int from, int to) {
    if (to >= Long.BYTES) {
      return EightBytes.at(text, to - Long.BYTES) >>> (Math.max(0, Long.BYTES - (to - from)) * 8);
    }
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = (word << 8) | (text[i] & 0xff);
    }
    return word;
  }
}
