package dev.frostline.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates gzip data strictly: every member is read, its CRC and length are checked, and bytes
 * behind the last member that are no member are an error. {@link java.util.zip.GZIPInputStream}
 * takes such bytes for the end of the data and loses what they were. A stream that inflates beyond
 * any log's ratio is refused, since 1 MB of gzip can hold 1 GB.
 */
final class Gunzip extends InputStream {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HIGHEST_RATIO = 250;
  private static final long RATIO_CHECKED_FROM = 64L << 20;

  private InputStream in = InputStream.nullInputStream();
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[1 << 16];
  private int inputFrom;
  private int inputTo;
  private long bytesIn;
  private long bytesOut;
  private boolean ended;

  /** Reads the first member's header. */
  Gunzip(InputStream in) throws IOException {
    restart(in);
  }

  /** Inflates nothing until {@link #restart}. */
  Gunzip() {}

  /** Begins with other data; an inflater and its buffers are dear to make for each small batch. */
  void restart(InputStream other) throws IOException {
    in = other;
    bytesIn = 0;
    bytesOut = 0;
    ended = false;
    if (!fill()) {
      throw new EOFException("gzip data is empty");
    }
    header();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int inflated = inflate(buffer, offset, length);
      if (inflated > 0) {
        crc.update(buffer, offset, inflated);
        bytesOut += inflated;
        checkRatio();
        return inflated;
      }
      if (inflater.finished()) {
        nextMember();
      } else if (!fill()) {
        throw new EOFException("gzip data is cut off");
      } else {
        feed();
      }
    }
    return -1;
  }

  private int inflate(byte[] buffer, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(buffer, offset, length);
    } catch (DataFormatException e) {
      throw new ZipException("gzip data is damaged");
    }
  }

  private void checkRatio() throws ZipException {
    if (bytesOut > RATIO_CHECKED_FROM && bytesOut / HIGHEST_RATIO > bytesIn) {
      throw new ZipException(
          "gzip data inflates more than " + HIGHEST_RATIO + " times, as no log does");
    }
  }

  private void nextMember() throws IOException {
    inputFrom = inputTo - inflater.getRemaining();
    long storedCrc = word();
    long storedLength = word();
    if (storedCrc != crc.getValue()) {
      throw new ZipException("gzip data has a wrong CRC");
    }
    if (storedLength != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("gzip data has a wrong length");
    }
    if (inputFrom == inputTo && !fill()) {
      ended = true;
      return;
    }
    header();
  }

  private void header() throws IOException {
    if (unsignedShort() != MAGIC || unsignedByte() != DEFLATE) {
      throw new ZipException(
          bytesOut == 0 ? "not gzip data" : "gzip data is followed by bytes that are not gzip");
    }
    int flags = unsignedByte();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(unsignedShort());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    crc.reset();
    feed();
  }

  private void feed() {
    inflater.setInput(input, inputFrom, inputTo - inputFrom);
  }

  private boolean fill() throws IOException {
    inputFrom = 0;
    inputTo = Math.max(0, in.read(input));
    bytesIn += inputTo;
    return inputTo > 0;
  }

  private long word() throws IOException {
    return unsignedShort() | ((long) unsignedShort() << 16);
  }

  private int unsignedShort() throws IOException {
    return unsignedByte() | (unsignedByte() << 8);
  }

  private int unsignedByte() throws IOException {
    if (inputFrom == inputTo && !fill()) {
      throw new EOFException("gzip data is cut off");
    }
    return input[inputFrom++] & 0xff;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      unsignedByte();
    }
  }

  private void skipText() throws IOException {
    while (unsignedByte() != 0) {
      // the name of the file it was made from: of no use here
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
