package dev.frostline.timing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Identity of a log event within its stream: the id CloudWatch Logs gave it, a decimal number of up
 * to 56 digits such as {@code 34988208851106313984209006125707332605649155257376768001}, held as a
 * 192-bit unsigned number. Events of files that carry no ids are numbered in file order ({@link
 * #ordinal}); ids of any other shape are hashed ({@link #parse}).
 */
public record EventId(long high, long middle, long low) implements Comparable<EventId> {
  private static final int LONGEST_NUMBER = 56;
  private static final int CHUNK = 18;
  private static final long[] POWERS_OF_TEN = new long[CHUNK + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i <= CHUNK; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  /** The id of the {@code number}-th event of a stream whose events carry no ids. */
  public static EventId ordinal(long number) {
    return new EventId(0, 0, number);
  }

  /**
   * True for an id made by {@link #ordinal}: it says where the event stood in its file, not which
   * event it is.
   */
  public boolean isOrdinal() {
    return high == 0 && middle == 0;
  }

  /**
   * Reads an id; one that is not a decimal number of at most 56 digits is hashed and sorts behind
   * those that are.
   */
  public static EventId parse(char[] text, int offset, int length) {
    if (length == 0 || length > LONGEST_NUMBER) {
      return hashed(text, offset, length);
    }
    long high = 0;
    long middle = 0;
    long low = 0;
    int end = offset + length;
    for (int position = offset; position < end; ) {
      int chunkEnd = Math.min(end, position + CHUNK);
      long factor = POWERS_OF_TEN[chunkEnd - position];
      long chunk = 0;
      while (position < chunkEnd) {
        int digit = text[position++] - '0';
        if (digit < 0 || digit > 9) {
          return hashed(text, offset, length);
        }
        chunk = chunk * 10 + digit;
      }
      long lowProduct = low * factor;
      long middleProduct = middle * factor;
      long carry = multiplyHighUnsigned(low, factor);
      high = high * factor + multiplyHighUnsigned(middle, factor);
      low = lowProduct + chunk;
      carry += Long.compareUnsigned(low, lowProduct) < 0 ? 1 : 0;
      middle = middleProduct + carry;
      high += Long.compareUnsigned(middle, middleProduct) < 0 ? 1 : 0;
    }
    EventId id = new EventId(high, middle, low);
    return id.isOrdinal() ? hashed(text, offset, length) : id;
  }

  /** Reads an id from a string, as {@link #parse(char[], int, int)}. */
  public static EventId parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /** Unsigned high word of a product whose second factor is positive. */
  private static long multiplyHighUnsigned(long unsigned, long positive) {
    return Math.multiplyHigh(unsigned, positive) + ((unsigned >> 63) & positive);
  }

  private static EventId hashed(char[] text, int offset, int length) {
    byte[] digest = Sha256.of(new String(text, offset, length).getBytes(StandardCharsets.UTF_8));
    return new EventId(
        Sha256.longAt(digest, 0) | Long.MIN_VALUE,
        Sha256.longAt(digest, 8),
        Sha256.longAt(digest, 16));
  }

  @Override
  public int compareTo(EventId other) {
    int order = Long.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  /** The decimal number, as CloudWatch Logs prints it. */
  @Override
  public String toString() {
    BigInteger word = BigInteger.ONE.shiftLeft(64);
    BigInteger value =
        unsigned(high).multiply(word).add(unsigned(middle)).multiply(word).add(unsigned(low));
    return value.toString();
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }
}
