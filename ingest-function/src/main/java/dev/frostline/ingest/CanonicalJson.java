package dev.frostline.ingest;

import dev.frostline.timing.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON the way CloudWatch Logs writes it, byte by byte: no blanks between tokens, ASCII only.
 * Each method moves on when the next token is what it is asked for, and otherwise says no; what
 * says no is read by Jackson instead, so nothing is ever lost here but time.
 */
final class CanonicalJson {
  private static final int MOST_DIGITS = 15;
  private static final int FIRST_PRINTABLE = 0x20;
  private static final long QUOTES = EightBytes.ONES * '"';
  private static final long BACKSLASHES = EightBytes.ONES * '\\';

  private final byte[] bytes;
  private final int end;
  private int at;
  private byte[] unescaped = new byte[0];
  private byte[] value;
  private int from;
  private int to;

  CanonicalJson(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.value = bytes;
    this.at = from;
    this.end = end;
  }

  static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  boolean skip(byte[] literal) {
    if (!EightBytes.startsWith(bytes, at, end, literal)) {
      return false;
    }
    at += literal.length;
    return true;
  }

  /** Nothing but line ends and blanks may follow. */
  boolean isAtEnd() {
    while (at < end && bytes[at] <= ' ' && bytes[at] > 0) {
      at++;
    }
    return at == end;
  }

  /**
   * A string, then from {@link #from()} to {@link #to()} in {@link #value()}, without its quotes
   * and escapes.
   */
  boolean string() {
    if (at == end || bytes[at] != '"') {
      return false;
    }
    int begin = at + 1;
    int special = special(begin);
    if (special < end && bytes[special] == '"') {
      return found(bytes, begin, special, special);
    }
    boolean endsInLineFeed =
        special + 2 < end
            && bytes[special] == '\\'
            && bytes[special + 1] == 'n'
            && bytes[special + 2] == '"';
    return endsInLineFeed ? found(bytes, begin, special, special + 2) : unescape(begin, special);
  }

  private boolean found(byte[] in, int begin, int behind, int quote) {
    value = in;
    from = begin;
    to = behind;
    at = quote + 1;
    return true;
  }

  /** Copies the string without its escapes. */
  private boolean unescape(int begin, int firstSpecial) {
    int plain = begin;
    int special = firstSpecial;
    int length = 0;
    while (special < end) {
      int room = length + special - plain + 1;
      if (room > unescaped.length) {
        unescaped = Arrays.copyOf(unescaped, 2 * room);
      }
      System.arraycopy(bytes, plain, unescaped, length, special - plain);
      length += special - plain;
      if (bytes[special] == '"') {
        return found(unescaped, 0, length, special);
      }
      byte meant = bytes[special] == '\\' && special + 1 < end ? unescaped(bytes[special + 1]) : 0;
      if (meant == 0) {
        return false;
      }
      unescaped[length++] = meant;
      plain = special + 2;
      special = special(plain);
    }
    return false;
  }

  /** The character behind a backslash; 0 for those that Jackson shall read. */
  private static byte unescaped(byte escape) {
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> 0;
    };
  }

  /**
   * Where the next quote, backslash, control character or byte beyond ASCII is; looks at eight
   * bytes at once.
   */
  private int special(int begin) {
    int position = begin;
    while (position + Long.BYTES <= end) {
      long special = specials(EightBytes.at(bytes, position));
      if (special != 0) {
        return position + (Long.numberOfTrailingZeros(special) >>> 3);
      }
      position += Long.BYTES;
    }
    while (position < end && isPlain(bytes[position])) {
      position++;
    }
    return position;
  }

  private static boolean isPlain(byte character) {
    return character >= FIRST_PRINTABLE && character != '"' && character != '\\';
  }

  /** The high bit of each byte that is not plain; bits above the lowest one may be wrong. */
  private static long specials(long eight) {
    long control = (eight - EightBytes.ONES * FIRST_PRINTABLE) & ~eight;
    return EightBytes.zeros(eight ^ QUOTES)
        | EightBytes.zeros(eight ^ BACKSLASHES)
        | ((control | eight) & EightBytes.HIGHEST_BITS);
  }

  byte[] value() {
    return value;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  String text() {
    return new String(value, from, to - from, StandardCharsets.US_ASCII);
  }

  /** A whole number that is not negative; -1 for no. */
  long number() {
    int start = at;
    long first = at + Long.BYTES <= end ? EightBytes.digits(EightBytes.at(bytes, at)) : -1;
    long number = Math.max(0, first);
    at += first < 0 ? 0 : Long.BYTES;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + (bytes[at++] - '0');
    }
    boolean leadingZero = at - start > 1 && bytes[start] == '0';
    return at == start || at - start > MOST_DIGITS || leadingZero ? -1 : number;
  }
}
