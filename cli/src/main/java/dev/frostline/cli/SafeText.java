package dev.frostline.cli;

import dev.frostline.report.Inert;

/** Names come from logs and may hold anything; on a terminal they must not move the cursor. */
final class SafeText {
  private SafeText() {}

  static String of(String text) {
    return Inert.line(text);
  }
}
