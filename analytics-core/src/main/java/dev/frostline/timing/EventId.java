package dev.frostline.timing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Identity of a log event within its stream: the id CloudWatch Logs gave it, a decimal number of up
 * to 56 digits such as {@code 34988208851106313984209006125707332605649155257376768001}, held as a
 * 192-bit unsigned number. Events of files that carry no ids are numbered in file order ({@link
 * #ordinal}); ids of any other shape are hashed ({@link #parse}).
 */
public record EventId(long high, long middle, long low) implements Comparable<EventId> {
  private static final int LONGEST_NUMBER = 56;
  static final int CHUNK = 18;
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
  public static EventId parse(byte[] text, int offset, int length) {
    if (length == 0 || length > LONGEST_NUMBER) {
      return hashed(text, offset, length);
    }
    EventId id = new EventId(0, 0, 0);
    int end = offset + length;
    for (int position = offset; position < end; position += CHUNK) {
      int digits = Math.min(CHUNK, end - position);
      long number = number(text, position, digits);
      if (number < 0) {
        return hashed(text, offset, length);
      }
      id = id.followedBy(number, digits);
    }
    return id.isOrdinal() ? hashed(text, offset, length) : id;
  }

  /** The digits as a number, or -1 where one of them is none. */
  static long number(byte[] text, int offset, int digits) {
    long number = 0;
    int end = offset + digits;
    int at = offset;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long eight = EightBytes.digits(EightBytes.at(text, at));
      if (eight < 0) {
        return -1;
      }
      number = number * 100_000_000 + eight;
    }
    for (int i = at; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** This number and one that is not negative. */
  EventId plus(long number) {
    long newLow = low + number;
    boolean carries = Long.compareUnsigned(newLow, low) < 0;
    long newMiddle = carries ? middle + 1 : middle;
    return new EventId(carries && newMiddle == 0 ? high + 1 : high, newMiddle, newLow);
  }

  /** The number whose decimal digits are this one's and then those. */
  EventId followedBy(long number, int digits) {
    long factor = POWERS_OF_TEN[digits];
    long lowProduct = low * factor;
    long newLow = lowProduct + number;
    long carry =
        multiplyHighUnsigned(low, factor) + (Long.compareUnsigned(newLow, lowProduct) < 0 ? 1 : 0);
    long middleProduct = middle * factor;
    long newMiddle = middleProduct + carry;
    long toHigh =
        multiplyHighUnsigned(middle, factor)
            + (Long.compareUnsigned(newMiddle, middleProduct) < 0 ? 1 : 0);
    return new EventId(high * factor + toHigh, newMiddle, newLow);
  }

  /** Reads an id from a string, as {@link #parse(byte[], int, int)}. */
  public static EventId parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** Unsigned high word of a product whose second factor is positive. */
  private static long multiplyHighUnsigned(long unsigned, long positive) {
    return Math.multiplyHigh(unsigned, positive) + ((unsigned >> 63) & positive);
  }

  private static EventId hashed(byte[] text, int offset, int length) {
    byte[] digest = Sha256.of(Arrays.copyOfRange(text, offset, offset + length));
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
