package dev.frostline.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines without ever holding more than one; a line beyond the limit is skipped
 * and told.
 */
final class ByteLines {
  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private int lineEnd;
  private boolean tooLong;
  private boolean again;

  ByteLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    if (again) {
      again = false;
      return true;
    }
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
      if (to - from >= longest) {
        tooLong = true;
        from = to;
      }
      if (from > 0 && to == buffer.length) {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        scanned -= from;
        from = 0;
      }
      if (to == buffer.length) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
      int read = in.read(buffer, to, buffer.length - to);
      if (read < 0) {
        lineEnd = to;
        return to > from || tooLong;
      }
      to += read;
    }
  }

  /** Moves to the next line that is not blank; false at the end. */
  boolean nextFilled() throws IOException {
    while (next()) {
      if (tooLong || !isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** Looks at the next filled line: whether it is a JSON object of its own, by its braces. */
  boolean isObjectNext() throws IOException {
    again = nextFilled();
    return again && !tooLong && buffer[from] == '{' && buffer[from + length() - 1] == '}';
  }

  boolean isTooLong() {
    return tooLong;
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

  boolean isBlank() {
    for (int i = from; i < lineEnd; i++) {
      if (buffer[i] > ' ' || buffer[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
