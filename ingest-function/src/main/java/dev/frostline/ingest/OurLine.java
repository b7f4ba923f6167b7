package dev.frostline.ingest;

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

  private OurLine() {}

  /** A line of the platform behind something else, beginning before {@code most}. */
  static @Nullable Matcher platformWithin(String line, int most) {
    Matcher matcher = PLATFORM_WITHIN.matcher(line);
    return matcher.find() && matcher.start() < most ? matcher : null;
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
