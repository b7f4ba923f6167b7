package dev.frostline.ingest;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * How a file of logs is compressed or encoded, told by its first bytes. Firehose compresses what
 * CloudWatch Logs sent it compressed already, so one may stand within another.
 */
enum Compression {
  GZIP("gzip", "\u001f\u008b"),
  ZSTD("zstd", "(\u00b5/\u00fd"),
  BZIP2("bzip2", "BZh"),
  /** Of gzip, as the data of a subscription's event is, with or without JSON's quotes. */
  BASE64("base64", "H4sI");

  private static final int MOST_LAYERS = 4;
  private static final int BUFFER = 1 << 16;
  private static final int HEAD = 5;
  private final String label;

  /** First bytes, one a character. */
  private final String magic;

  Compression(String label, String magic) {
    this.label = label;
    this.magic = magic;
  }

  /** What the bytes hold when every layer is taken off; they must support {@code mark}. */
  static InputStream unpacked(InputStream packed) throws IOException {
    InputStream content = packed;
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      Compression compression = of(content);
      if (compression == null) {
        return content;
      }
      content = new BufferedInputStream(compression.open(content), BUFFER);
    }
    return content;
  }

  private static @Nullable Compression of(InputStream content) throws IOException {
    content.mark(HEAD);
    String head = new String(content.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    content.reset();
    for (Compression one : values()) {
      if (one.begins(one == BASE64 && head.startsWith("\"") ? head.substring(1) : head)) {
        return one;
      }
    }
    return null;
  }

  boolean begins(String head) {
    return head.startsWith(magic);
  }

  private InputStream open(InputStream packed) throws IOException {
    return switch (this) {
      case GZIP -> new Gunzip(packed);
      case ZSTD -> new Checked(label, packed, ZstdInputStream::new);
      case BZIP2 -> new Checked(label, packed, Bunzip2::new);
      case BASE64 -> new Base64Text(packed);
    };
  }

  @FunctionalInterface
  private interface Opener {
    InputStream open(InputStream packed) throws IOException;
  }

  /**
   * Tells damage in one sentence, whatever a decoder throws, and refuses what inflates beyond any
   * log's ratio.
   */
  private static final class Checked extends InputStream {
    private final String label;
    private final CountedInput packed;
    private final InputStream content;

    Checked(String label, InputStream packed, Opener opener) throws IOException {
      this.label = label;
      this.packed = new CountedInput(packed);
      this.content = opener.open(this.packed);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read;
      try {
        read = content.read(buffer, offset, length);
      } catch (ZipException | EOFException e) {
        throw e;
      } catch (IOException | MalformedInputException | IndexOutOfBoundsException e) {
        ZipException damaged =
            new ZipException(label + " data is " + (packed.isAtEnd() ? "cut off" : "damaged"));
        damaged.initCause(e);
        throw damaged;
      }
      packed.checkRatio(label, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
