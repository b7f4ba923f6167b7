package dev.frostline.timing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Looks at text eight bytes at once, as a word whose lowest byte is the first: lines are read by
 * the million, and most of a row is blanks and digits.
 */
public final class EightBytes {
  /** A one in each byte. */
  public static final long ONES = 0x0101010101010101L;

  /** The highest bit of each byte. */
  public static final long HIGHEST_BITS = ONES << 7;

  private static final long BLANKS = ONES * ' ';
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long CARRIAGE_RETURNS = ONES * '\r';
  private static final long UPPER_HALVES = 0xf0f0f0f0f0f0f0f0L;
  private static final long LOWER_HALVES = ONES * 0x0f;
  private static final long ZEROS = ONES * '0';

  /** Set in a digit, not in a blank. */
  private static final long DIGIT_BITS = ONES * 0x10;

  private static final VarHandle VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private EightBytes() {}

  /** The eight bytes from there, all of them within the array. */
  public static long at(byte[] text, int from) {
    return (long) VIEW.get(text, from);
  }

  /** The word of eight ASCII characters. */
  public static long of(String eight) {
    return at(eight.getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** Whether the text up to {@code to} begins with a word. */
  public static boolean startsWith(byte[] text, int from, int to, byte[] word) {
    int length = word.length;
    if (to - from < length) {
      return false;
    }
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      if (at(text, from + at) != at(word, at)) {
        return false;
      }
    }
    for (; at < length; at++) {
      if (text[from + at] != word[at]) {
        return false;
      }
    }
    return true;
  }

  /** Eight digits as a number; -1 where one of them is none. */
  public static long digits(long word) {
    boolean areDigits =
        (word & UPPER_HALVES) == ZEROS && ((word + ONES * 6) & UPPER_HALVES) == ZEROS;
    return areDigits ? value(word) : -1;
  }

  /** A number of at most eight digits behind blanks; -1 where it is none. */
  public static long padded(long word) {
    long digits = word & DIGIT_BITS;
    if (digits == 0) {
      return -1;
    }
    int blankBits = Long.numberOfTrailingZeros(digits) & ~7;
    long filled = word | (ZEROS & ~(-1L << blankBits));
    boolean areBlank = ((word ^ BLANKS) & ~(-1L << blankBits)) == 0;
    return areBlank ? digits(filled) : -1;
  }

  /** Adds up pairs, then pairs of pairs, then halves. */
  private static long value(long digits) {
    long pairs = ((digits & LOWER_HALVES) * (10 * 256 + 1)) >>> 8;
    long fours = ((pairs & 0x00ff00ff00ff00ffL) * (100 * 65536 + 1)) >>> 16;
    return ((fours & 0x0000ffff0000ffffL) * (10_000 * (1L << 32) + 1)) >>> 32;
  }

  /** Where the line ends: at the next line feed or carriage return, or {@code to}. */
  public static int endOfLine(byte[] text, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = at(text, at);
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
  public static long zeros(long word) {
    return (word - ONES) & ~word & HIGHEST_BITS;
  }

  /** Where the blanks and tabs end. */
  public static int endOfBlanks(byte[] text, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to && text[at] == ' ') {
      long other = at(text, at) ^ BLANKS;
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
