package dev.frostline.benchmarks.fuzz;

import dev.frostline.ingest.BatchReader;
import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * The data of a subscription event. A first byte {@code r} says that the rest is given as it is,
 * {@code t} that it is base64 already; all else is a batch that is packed first.
 */
public final class EnvelopeFuzz {
  private EnvelopeFuzz() {}

  /** One input; throws what must not be thrown. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Taken taken = new Taken();
    try {
      new BatchReader("eu-west-1", null).read(data(input), taken::add, new LineTally());
    } catch (UndecodableException e) {
      return;
    }
    taken.check();
  }

  private static String data(byte[] input) {
    byte first = input.length == 0 ? 0 : input[0];
    byte[] rest = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    return switch (first) {
      case 't' -> new String(rest, StandardCharsets.ISO_8859_1);
      case 'r' -> Base64.getEncoder().encodeToString(rest);
      default -> Base64.getEncoder().encodeToString(gzip(input));
    };
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
