package dev.frostline.ingest.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at text eight bytes at once: lines are read by the million, and most of a row is blanks.
 */
final class EightBytes {
  private static final long ONES = 0x0101010101010101L;
  private static final long BLANKS = ONES * ' ';
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long CARRIAGE_RETURNS = ONES * '\r';
  private static final long HIGHEST_BITS = ONES << 7;
  private static final VarHandle VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private EightBytes() {}

  /** Where the line ends: at the next line feed or carriage return, or {@code to}. */
  static int endOfLine(byte[] text, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) VIEW.get(text, at);
      long found = zeros(word ^ LINE_FEEDS) | zeros(word ^ CARRIAGE_RETURNS);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    return at;
  }

  /** The highest bit of the first byte that is zero, and perhaps of bytes behind it. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHEST_BITS;
  }

  /** Where the blanks and tabs end. */
  static int endOfBlanks(byte[] text, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to && text[at] == ' ') {
      long other = (long) VIEW.get(text, at) ^ BLANKS;
      if (other != 0) {
        at += Long.numberOfTrailingZeros(other) >>> 3;
        break;
      }
      at += Long.BYTES;
    }
    while (at < to && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }
}
