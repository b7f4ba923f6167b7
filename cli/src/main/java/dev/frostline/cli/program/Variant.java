package dev.frostline.cli.program;

import java.util.List;
import java.util.Map;

/**
 * The program with one change, ready to be run.
 *
 * @param words the command
 * @param variables set for it
 * @param diff the change as a unified diff; empty where no file would change
 * @param stays imports that cannot be deferred
 * @param steps what to do for it where that is no patch: a command or a setting each
 */
public record Variant(
    Change change,
    List<String> words,
    Map<String, String> variables,
    String diff,
    List<Stay> stays,
    List<String> steps) {
  public Variant {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
    stays = List.copyOf(stays);
    steps = List.copyOf(steps);
  }

  /** One that changes how the program is started, and none of its files. */
  static Variant of(
      Change change, List<String> words, Map<String, String> variables, String... steps) {
    return new Variant(change, words, variables, "", List.of(), List.of(steps));
  }

  /**
   * An import that has to stay where it is.
   *
   * @param why what uses it when it is imported, in words
   */
  public record Stay(String file, int line, String why) {
    /** {@code app.py line 4: Order is made from it}. */
    public String words() {
      return file + " line " + line + ": " + why;
    }
  }
}
