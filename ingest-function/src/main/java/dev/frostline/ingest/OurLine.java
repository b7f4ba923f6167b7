package dev.frostline.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How lines begin that tell of cold starts: the platform's, rows of a trace, the layer's. */
final class OurLine {
  private static final Pattern PLATFORM =
      Pattern.compile("(?:START|END|REPORT) RequestId: |(?:INIT|RESTORE)_(?:START|REPORT)(?: |$)");

  private static final Pattern TRACE =
      Pattern.compile("(?:import|java|node|dotnet|ruby|gc) time:|FROSTLINE (?:begin|pack|end) ");

  /** The same with so much behind that no prose is taken for it. */
  private static final Pattern PLATFORM_WITHIN =
      Pattern.compile(
          "(?:START|END|REPORT) RequestId: [\\da-f]{8}-[\\da-f-]{27}"
              + "|INIT_START Runtime Version: \\w+:|(?:INIT|RESTORE)_REPORT \\w+ Duration: \\d"
              + "|RESTORE_START Runtime Version: \\w+:"
              + "|\\{\"time\":\"[^\"]{20,40}\",\"type\":\"platform\\.");

  /** What joined lines: rows of a trace alone are told apart by who reads them. */
  private static final Pattern JOINED =
      Pattern.compile(
          "[ \\t]+(?=(?:START|END|REPORT) RequestId: [\\da-f]{8}-[\\da-f-]{27}"
              + "|INIT_START Runtime Version: \\w+:)"
              + "|(?<=::runtime:[\\da-f]{10,64})[ \\t]+(?=\\S)");

  private OurLine() {}

  /** A line of the platform behind something else, beginning before {@code most}. */
  static @Nullable Matcher platformWithin(String line, int most) {
    Matcher matcher = PLATFORM_WITHIN.matcher(line);
    return matcher.find() && matcher.start() < most ? matcher : null;
  }

  /**
   * The lines that were joined to one by tabs or blanks, as {@code --output text} and what is
   * pasted have them; the line itself where it is one.
   */
  static List<String> parts(String line) {
    if (line.startsWith("{") || !begins(line)) {
      return List.of(line);
    }
    List<String> parts = new ArrayList<>();
    Matcher next = JOINED.matcher(line);
    int from = 0;
    while (next.find()) {
      parts.add(line.substring(from, next.start()));
      from = next.end();
    }
    parts.add(line.substring(from));
    return parts;
  }

  static boolean isPlatform(CharSequence line) {
    return PLATFORM.matcher(line).lookingAt();
  }

  static boolean begins(String line) {
    if (line.startsWith("{")) {
      return line.contains("\"platform.") || line.contains(" time:");
    }
    return isPlatform(line) || TRACE.matcher(line).lookingAt();
  }
}
