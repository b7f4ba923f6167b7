package dev.frostline.benchmarks.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that one input after the other is written to. */
final class ScratchFile {
  private ScratchFile() {}

  /** A file in a folder of its own, gone with the process. */
  static Path named(String name) {
    try {
      Path folder = Files.createTempDirectory("frostline-fuzz");
      Path file = folder.resolve(name);
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
