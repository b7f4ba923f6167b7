package dev.frostline.cli.output;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/**
 * Colours for the marks that begin a line, where standard output is a terminal; {@code NO_COLOR}
 * and {@code CLICOLOR_FORCE} are honoured. Each mark says the same without its colour.
 */
final class Marks {
  private static final Pattern AT_START = Pattern.compile("^( ?)([▲▼◆◇✓✗])");
  private static final Map<String, String> COLOURS =
      Map.of("▲", "red", "✗", "red", "▼", "green", "✓", "green", "◆", "yellow", "◇", "yellow");

  private Marks() {}

  static String coloured(String line) {
    Matcher mark = AT_START.matcher(line);
    if (!mark.find() || !Ansi.AUTO.enabled()) {
      return line;
    }
    String shown = "@|" + COLOURS.get(mark.group(2)) + " " + mark.group(2) + "|@";
    return mark.group(1) + Ansi.ON.string(shown) + line.substring(mark.end());
  }
}
