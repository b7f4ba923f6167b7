package dev.frostline.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The files in a zip archive, one after the other. */
final class Zip {
  private static final byte[] MAGIC = {'P', 'K', 3, 4};
  private final CountedInput packed;
  private final ZipInputStream archive;

  Zip(InputStream file) {
    packed = new CountedInput(file);
    archive = new ZipInputStream(packed);
  }

  /** Whether the content, which must support {@code mark}, is an archive. */
  static boolean begins(InputStream content) throws IOException {
    content.mark(MAGIC.length);
    byte[] head = content.readNBytes(MAGIC.length);
    content.reset();
    return Arrays.equals(head, MAGIC);
  }

  /** Moves to the next file and returns its name; null behind the last. */
  @Nullable String next() throws IOException {
    ZipEntry entry;
    do {
      try {
        entry = archive.getNextEntry();
      } catch (IllegalArgumentException e) {
        throw new ZipException("a zip archive with a name that is no text");
      }
    } while (entry != null && entry.isDirectory());
    return entry == null ? null : entry.getName();
  }

  /** Content of the current file. */
  InputStream content() {
    return new BufferedInputStream(
        new InputStream() {
          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = archive.read(buffer, offset, length);
            packed.checkRatio("zip", read);
            return read;
          }
        },
        1 << 16);
  }
}
