package dev.frostline.cli.output;

import dev.frostline.report.Inert;

/** Names come from logs and may hold anything; on a terminal they must not move the cursor. */
public final class SafeText {
  private SafeText() {}

  public static String of(String text) {
    return Inert.line(text);
  }
}
