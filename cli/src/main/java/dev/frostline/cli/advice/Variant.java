package dev.frostline.cli.advice;

import java.nio.file.Path;
import java.util.List;

/**
 * The program with one change, ready to be run.
 *
 * @param folder what {@code play.py} reads
 * @param diff the change as a unified diff; empty where no file would change
 * @param stays imports that cannot be deferred
 */
public record Variant(Change change, Path folder, String diff, List<Stay> stays) {
  public Variant {
    stays = List.copyOf(stays);
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
