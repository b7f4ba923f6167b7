package dev.frostline.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a stream into lines without ever holding more than one; a line beyond the limit is skipped
 * and told.
 */
final class ByteLines {
  /** What one document or batch may hold; a legal batch of 1 MB gzip holds about 12 MB. */
  static final int LONGEST_DOCUMENT = 128 << 20;

  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private int lineEnd;
  private boolean tooLong;

  ByteLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    from = lineEnd;
    if (from < to && buffer[from] == '\n') {
      from++;
    }
    tooLong = false;
    int scanned = from;
    while (true) {
      for (int i = scanned; i < to; i++) {
        if (buffer[i] == '\n') {
          lineEnd = i;
          return true;
        }
      }
      scanned = to;
      if (to - from >= longest()) {
        tooLong = true;
        from = to;
      }
      scanned -= makeRoom();
      int read = in.read(buffer, to, buffer.length - to);
      if (read < 0) {
        lineEnd = to;
        return to > from || tooLong;
      }
      to += read;
    }
  }

  /** A JSON document may be of one line, however many events it holds. */
  private int longest() {
    boolean document = from < to && (buffer[from] == '{' || buffer[from] == '[');
    return document ? LONGEST_DOCUMENT : longest;
  }

  /** Makes room behind what is held, and returns by how much that moved. */
  private int makeRoom() {
    int moved = 0;
    if (from > 0 && to == buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      moved = from;
      to -= moved;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    return moved;
  }

  /** The text behind the line, which stays the current one: at most so many bytes. */
  String following(int most) throws IOException {
    while (to - lineEnd <= most) {
      lineEnd -= makeRoom();
      int read = in.read(buffer, to, buffer.length - to);
      if (read < 0) {
        break;
      }
      to += read;
    }
    int start = Math.min(to, lineEnd + 1);
    return new String(buffer, start, Math.min(most, to - start), StandardCharsets.ISO_8859_1);
  }

  /** Everything from the line's beginning on; what is read too much of it is given back. */
  InputStream rest() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (from == to) {
          return in.read(into, offset, length);
        }
        int read = Math.min(length, to - from);
        System.arraycopy(buffer, from, into, offset, read);
        from += read;
        return read;
      }
    };
  }

  /** Gives back what of {@link #rest} was read too much: the lines go on with it. */
  void giveBack(byte[] unread) {
    int held = to - from;
    if (from < unread.length) {
      byte[] room = new byte[Math.max(buffer.length, unread.length + held)];
      System.arraycopy(buffer, from, room, unread.length, held);
      buffer = room;
      from = unread.length;
      to = from + held;
    }
    from -= unread.length;
    System.arraycopy(unread, 0, buffer, from, unread.length);
    lineEnd = from;
  }

  /** Takes so many bytes off the line's beginning. */
  void skip(int bytes) {
    from += bytes;
  }

  boolean isTooLong() {
    return tooLong;
  }

  boolean startsWith(String ascii) {
    if (length() < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (buffer[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return from;
  }

  int length() {
    int end = lineEnd;
    if (end > from && buffer[end - 1] == '\r') {
      end--;
    }
    return end - from;
  }

  boolean isIndented() {
    return length() > 0 && buffer[from] == ' ';
  }

  boolean isBlank() {
    for (int i = from; i < lineEnd; i++) {
      if (buffer[i] > ' ' || buffer[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
