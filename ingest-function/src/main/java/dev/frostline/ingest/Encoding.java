package dev.frostline.ingest;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a text is written: byte order marks, UTF-16 of Windows, and line ends of an old Mac. */
final class Encoding {
  private static final int LARGEST_UTF_16_FILE = 128 << 20;
  private static final int SNIFFED = 4096;

  private Encoding() {}

  /** The content as UTF-8 with line feeds; it must support {@code mark}. */
  static InputStream utf8(InputStream content) throws IOException {
    InputStream decoded = decoded(content);
    return hasCarriageReturnsAlone(head(decoded)) ? new LineFeeds(decoded) : decoded;
  }

  /**
   * Windows shells redirect in UTF-16; everything else is UTF-8, with or without a byte order mark.
   */
  private static InputStream decoded(InputStream content) throws IOException {
    byte[] head = head(content);
    if (head.length >= 3
        && head[0] == (byte) 0xef
        && head[1] == (byte) 0xbb
        && head[2] == (byte) 0xbf) {
      content.skipNBytes(3);
      return content;
    }
    boolean marked = head.length >= 2 && (head[0] & head[1] & 0xfe) == 0xfe && head[0] != head[1];
    boolean little = (marked && head[0] == (byte) 0xff) || isEveryOtherNul(head, 1);
    boolean big = (marked && head[0] == (byte) 0xfe) || isEveryOtherNul(head, 0);
    if (!little && !big) {
      return content;
    }
    content.skipNBytes(marked ? 2 : 0);
    byte[] utf16 = content.readNBytes(LARGEST_UTF_16_FILE + 1);
    if (utf16.length > LARGEST_UTF_16_FILE) {
      throw new UndecodableException("a UTF-16 file of more than 128 MiB");
    }
    Charset charset = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    return new BufferedInputStream(
        new ByteArrayInputStream(new String(utf16, charset).getBytes(StandardCharsets.UTF_8)));
  }

  /** Latin text in UTF-16 without a mark. */
  private static boolean isEveryOtherNul(byte[] head, int first) {
    if (head.length < 8) {
      return false;
    }
    for (int i = 0; i < 8; i++) {
      if (head[i] == 0 != (i % 2 == first)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasCarriageReturnsAlone(byte[] head) {
    boolean any = false;
    for (byte one : head) {
      if (one == '\n') {
        return false;
      }
      any |= one == '\r';
    }
    return any;
  }

  /** The first bytes, which stay to be read. */
  static byte[] head(InputStream content) throws IOException {
    content.mark(SNIFFED);
    byte[] head = content.readNBytes(SNIFFED);
    content.reset();
    return head;
  }

  /** Turns carriage returns into line feeds, of which there are none in the text. */
  private static final class LineFeeds extends FilterInputStream {
    LineFeeds(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      return read == '\r' ? '\n' : read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      for (int i = offset; i < offset + read; i++) {
        if (buffer[i] == '\r') {
          buffer[i] = '\n';
        }
      }
      return read;
    }
  }
}
