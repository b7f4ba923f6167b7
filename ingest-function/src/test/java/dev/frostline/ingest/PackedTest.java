package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same log however it is packed, by the usual tools. */
final class PackedTest {
  private static final Path PACKED = Path.of("src/test/resources/packed");

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.log.zst",
        "frames.log.zst",
        "plain.log.bz2",
        "parallel.log.bz2",
        "plain.zip",
        "twice.gz",
        "zstd.gz",
        "mac.log",
        "wrapped.b64",
        "quoted.b64",
        "list.b64"
      })
  void packedLog_isReadAsThePlainOne(String file) throws IOException {
    Reading plain = read(PACKED.resolve("plain.log"));
    assertEquals("4 = 3 + 1 + {}", plain.counts());
    Reading packed = read(PACKED.resolve(file));
    assertEquals(plain.counts(), packed.counts());
    assertEquals(lines(plain), lines(packed));
  }

  @ParameterizedTest
  @CsvSource({"plain.log.zst, zstd", "plain.log.bz2, bzip2"})
  void damage_isToldInASentence_andNeverTakenSilently(String file, String label)
      throws IOException {
    byte[] packed = Files.readAllBytes(PACKED.resolve(file));
    String whole = read(PACKED.resolve(file)).counts();
    for (int length = 5; length < packed.length; length++) {
      String said = outcome(Arrays.copyOf(packed, length));
      assertTrue(said.equals(label + " data is cut off"), length + ": " + said);
    }
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      byte[] flipped = packed.clone();
      flipped[4 + random.nextInt(packed.length - 4)] ^= (byte) (1 << random.nextInt(8));
      String said = outcome(flipped);
      assertTrue(said.equals(whole) || said.startsWith(label + " data "), said);
    }
  }

  @Test
  void damagedArchive_isRefused() throws IOException {
    byte[] archive = Files.readAllBytes(PACKED.resolve("plain.zip"));
    Path cut = Reading.write(folder, "cut.zip", Arrays.copyOf(archive, archive.length / 2));
    assertThrows(UndecodableException.class, () -> read(cut));
  }

  private String outcome(byte[] content) throws IOException {
    try {
      return read(Reading.write(folder, "packed", content)).counts();
    } catch (UndecodableException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Reading read(Path file) throws IOException {
    return Reading.of(file, Reading.ofFunction("demo"));
  }

  private static List<TimedLine> lines(Reading reading) {
    List<TimedLine> lines = new ArrayList<>();
    reading.streams().values().forEach(lines::addAll);
    return lines;
  }
}
