package dev.frostline.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Decodes base64 over any number of lines, one text or several, each padded to its end; quotes,
 * commas and brackets between them are those of a list of JSON.
 */
final class Base64Text extends InputStream {
  private static final int AT_END = -1;
  private static final byte BETWEEN = -1;
  private static final byte PADDING = -2;
  private static final byte STRANGE = -3;
  private static final byte[] VALUES = values();

  private final InputStream text;
  private int bits;
  private int bitCount;

  Base64Text(InputStream text) {
    this.text = new BufferedInputStream(text);
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, STRANGE);
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int value = 0; value < digits.length(); value++) {
      values[digits.charAt(value)] = (byte) value;
    }
    for (char between : " \t\r\n\",[]".toCharArray()) {
      values[between] = BETWEEN;
    }
    values['='] = PADDING;
    return values;
  }

  @Override
  public int read() throws IOException {
    while (bitCount < 8) {
      int next = text.read();
      if (next < 0) {
        return AT_END;
      }
      take(VALUES[next]);
    }
    bitCount -= 8;
    return (bits >> bitCount) & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = 0;
    for (; read < length; read++) {
      int next = read();
      if (next < 0) {
        return read == 0 && length > 0 ? AT_END : read;
      }
      buffer[offset + read] = (byte) next;
    }
    return read;
  }

  private void take(byte value) throws ZipException {
    switch (value) {
      case BETWEEN -> {
        // a line end, or what stands between two texts
      }
      case PADDING -> bitCount = 0;
      case STRANGE -> throw new ZipException("data that is not base64");
      default -> {
        bits = (bits << 6) | value;
        bitCount += 6;
      }
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
