package dev.frostline.cli.serve;

import java.util.regex.Pattern;

/** Commands to copy into a shell; names come from logs, so every word is quoted. */
final class Commands {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private Commands() {}

  /** {@code frostline WORDS}; empty words are left out. */
  static String of(String... words) {
    StringBuilder command = new StringBuilder("frostline");
    for (String word : words) {
      if (!word.isEmpty()) {
        boolean plain = PLAIN.matcher(word).matches();
        command.append(' ').append(plain ? word : "'" + word.replace("'", "'\\''") + "'");
      }
    }
    return command.toString();
  }
}
