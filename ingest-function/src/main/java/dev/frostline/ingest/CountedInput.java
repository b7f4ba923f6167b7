package dev.frostline.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Counts what a decoder takes, and refuses what inflates beyond any log's ratio. */
final class CountedInput extends FilterInputStream {
  private static final int HIGHEST_RATIO = 1000;
  private static final long RATIO_CHECKED_FROM = 64L << 20;
  private long bytesIn;
  private long bytesOut;
  private boolean ended;

  CountedInput(InputStream in) {
    super(in);
  }

  /** Whether the decoder wanted more than there was. */
  boolean isAtEnd() {
    return ended;
  }

  /** Takes account of what the decoder gave. */
  void checkRatio(String label, int bytes) throws ZipException {
    bytesOut += Math.max(0, bytes);
    if (bytesOut > RATIO_CHECKED_FROM && bytesOut / HIGHEST_RATIO > bytesIn) {
      throw new ZipException(
          label + " data inflates more than " + HIGHEST_RATIO + " times, as no log does");
    }
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    bytesIn += read < 0 ? 0 : 1;
    ended |= read < 0;
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    bytesIn += Math.max(0, read);
    ended |= read < 0;
    return read;
  }
}
