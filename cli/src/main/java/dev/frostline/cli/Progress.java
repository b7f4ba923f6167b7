package dev.frostline.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** One line on the terminal that says how far a long work is; nothing where nobody watches. */
final class Progress {
  private static final long EVERY_NANOS = 500_000_000;
  private final PrintWriter err;
  private final boolean watched;
  private long shownAt = System.nanoTime();
  private int width;

  Progress(PrintWriter err) {
    this(err, CommandLine.Help.Ansi.AUTO.enabled());
  }

  Progress(PrintWriter err, boolean watched) {
    this.err = err;
    this.watched = watched;
  }

  /** Says it at most twice a second. */
  void at(int done, int all, String what) {
    if (!watched || System.nanoTime() - shownAt < EVERY_NANOS) {
      return;
    }
    shownAt = System.nanoTime();
    String line = String.format("  %,d of %,d  %s", done, all, Columns.cut(what, 50));
    err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    err.flush();
    width = line.length();
  }

  /** Takes the line away. */
  void end() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }
}
