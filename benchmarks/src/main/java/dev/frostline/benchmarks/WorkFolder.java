package dev.frostline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for as long as a benchmark needs it. */
record WorkFolder(Path path) implements AutoCloseable {
  /** A new one for temporary files. */
  static WorkFolder make(String name) throws IOException {
    return new WorkFolder(Files.createTempDirectory("frostline-" + name));
  }

  /** Deletes it and everything in it. */
  @Override
  public void close() throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(path)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
