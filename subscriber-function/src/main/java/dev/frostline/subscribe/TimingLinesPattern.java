package dev.frostline.subscribe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The filter pattern: lets through the lines that Frostline reads, of the platform and of its
 * layer, and no others. Any of its terms anywhere in the event will do, so it holds for text and
 * for JSON logs; it takes none of a log group's few regular expressions.
 */
final class TimingLinesPattern {
  private static final List<String> TERMS =
      List.of(
          "FROSTLINE",
          "import time:",
          "java time:",
          "node time:",
          "dotnet time:",
          "INIT_START",
          "INIT_REPORT",
          "RESTORE_START",
          "RESTORE_REPORT",
          "START RequestId",
          "REPORT RequestId",
          "Task timed out",
          "Runtime exited",
          "Process exited before",
          "ErrorType:",
          "platform.initStart",
          "platform.initRuntimeDone",
          "platform.initReport",
          "platform.start",
          "platform.report",
          "platform.restoreStart",
          "platform.restoreReport",
          "platform.fault");

  /** In CloudWatch's filter pattern syntax, at most 1,024 characters. */
  static final String TEXT =
      TERMS.stream().map(term -> "?\"" + term + '"').collect(Collectors.joining(" "));

  private static final String MARK = "?\"FROSTLINE\"";

  private TimingLinesPattern() {}

  /** Whether this or another version of Frostline wrote the pattern. */
  static boolean isOurs(String pattern) {
    return pattern.contains(MARK);
  }
}
