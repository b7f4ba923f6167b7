package dev.frostline.report;

import java.util.regex.Pattern;

/** Commands a reader copies into a shell: names come from logs, so each word is quoted. */
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private Shell() {}

  /** A line of a shell. */
  public static String command(String... words) {
    StringBuilder command = new StringBuilder();
    for (String word : words) {
      command.append(command.isEmpty() ? "" : " ").append(quoted(word));
    }
    return command.toString();
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
