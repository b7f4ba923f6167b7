package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of every form with bytes changed, lost, doubled and exchanged: read, or refused in a
 * sentence.
 */
final class MutatedFormsTest {
  private static final List<String> FOLDERS =
      List.of("src/test/resources/forms", "src/test/resources/packed");
  private static final Path CASES =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data/public-cases");
  private static final int EACH = Integer.getInteger("frostline.mutations", 25);
  private static final int LONGEST = 20_000;
  private static final byte[] MARKS = Reading.utf8("{}[]\"',:|\t\r\n-\\# \u001b0");

  @TempDir Path folder = Path.of("");

  @Test
  void mutatedFile_isReadOrRefused_andCounted() throws IOException {
    Random random = new Random(Long.getLong("frostline.seed", 11));
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      byte[] content = Arrays.copyOf(whole, Math.min(whole.length, LONGEST));
      for (int i = 0; i < EACH; i++) {
        byte[] mutated = mutated(content, random);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(mutated), file::toString);
      }
    }
  }

  private void read(byte[] content) throws IOException {
    try {
      Reading read =
          Reading.of(Reading.write(folder, "input", content), Reading.ofFunction("demo"));
      long rejected = read.tally().rejects().values().stream().mapToLong(Long::longValue).sum();
      assertEquals(
          read.tally().received(),
          read.tally().keptEvents() + read.tally().notOursEvents() + rejected);
    } catch (UndecodableException e) {
      assertEquals(-1, String.valueOf(e.getMessage()).indexOf('\n'));
    }
  }

  private static byte[] mutated(byte[] content, Random random) {
    byte[] mutated = content;
    for (int times = 1 + random.nextInt(4); times > 0 && mutated.length > 0; times--) {
      int from = random.nextInt(mutated.length);
      int to = Math.min(mutated.length, from + 1 + random.nextInt(200));
      mutated =
          switch (random.nextInt(5)) {
            case 0 -> joined(mutated, 0, from, mutated, to, mutated.length);
            case 1 -> joined(mutated, 0, to, mutated, from, mutated.length);
            case 2 -> joined(mutated, 0, from, mutated, 0, 0);
            case 3 -> replaced(mutated, from, (byte) (mutated[from] ^ (1 << random.nextInt(8))));
            default -> replaced(mutated, from, MARKS[random.nextInt(MARKS.length)]);
          };
    }
    return mutated;
  }

  private static byte[] replaced(byte[] content, int at, byte value) {
    byte[] replaced = content.clone();
    replaced[at] = value;
    return replaced;
  }

  private static byte[] joined(byte[] one, int from, int to, byte[] other, int start, int end) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(one, from, to - from);
    joined.write(other, start, end - start);
    return joined.toByteArray();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : FOLDERS) {
      addFiles(Path.of(name), files);
    }
    if (Files.isDirectory(CASES)) {
      addFiles(CASES, files);
    }
    return files;
  }

  private static void addFiles(Path folder, List<Path> files) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
  }
}
