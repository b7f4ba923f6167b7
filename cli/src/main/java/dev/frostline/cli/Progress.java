package dev.frostline.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** How far a long work is, in one line of a terminal that goes away at the end. */
final class Progress {
  private Progress() {}

  static void show(int done, int all, PrintWriter err) {
    if (CommandLine.Help.Ansi.AUTO.enabled()) {
      err.printf("\r  %d of %d", done, all);
      err.print(done == all ? "\r                 \r" : "");
      err.flush();
    }
  }
}
