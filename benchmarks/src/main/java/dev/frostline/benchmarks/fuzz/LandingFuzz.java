package dev.frostline.benchmarks.fuzz;

import dev.frostline.ingest.LandingObject;
import dev.frostline.ingest.UndecodableException;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLineCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/**
 * A landing object without its checksum, which is added so that its content is read; behind a first
 * byte {@code l} the lines of one stream before they are deflated.
 */
public final class LandingFuzz {
  private LandingFuzz() {}

  /** One input; throws what must not be thrown. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length > 0 && input[0] == 'l') {
      lines(Arrays.copyOfRange(input, 1, input.length));
      return;
    }
    Taken taken = new Taken();
    try {
      LandingObject.decode(sealed(input)).streams().forEach(taken::add);
    } catch (UndecodableException e) {
      return;
    }
    taken.check();
  }

  private static void lines(byte[] plain) throws IOException {
    List<TimedLine> lines;
    try {
      lines = TimingLineCodec.decode(deflated(plain));
    } catch (UncheckedIOException e) {
      return;
    }
    if (!TimingLineCodec.decode(TimingLineCodec.encode(lines)).equals(lines)) {
      throw new AssertionError("Lines change when they are put away: " + lines);
    }
  }

  private static byte[] deflated(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] sealed(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      byte[] sealed = Arrays.copyOf(content, content.length + 8);
      System.arraycopy(hash, 0, sealed, content.length, 8);
      return sealed;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
