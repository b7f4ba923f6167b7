package dev.frostline.page;

import dev.frostline.report.Shell;
import java.util.Arrays;
import java.util.stream.Stream;

/** Commands to copy into a shell. */
final class Commands {
  private Commands() {}

  /** {@code frostline WORDS}; empty words are left out. */
  static String of(String... words) {
    Stream<String> given = Arrays.stream(words).filter(word -> !word.isEmpty());
    return Shell.command(Stream.concat(Stream.of("frostline"), given).toArray(String[]::new));
  }
}
