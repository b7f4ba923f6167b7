package dev.frostline.ingest.line;

import dev.frostline.timing.TimingLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The platform's lines of the text log format, read by label, because fields come, go and change
 * order over the years and collectors turn their tabs into blanks:
 *
 * <pre>
 * INIT_START Runtime Version: python:3.13.v43 Runtime Version ARN: arn:aws:lambda:eu-west-2::runtime:df8f…
 * START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: 56
 * REPORT RequestId: 5663… Duration: 3906.38 ms Billed Duration: 4000 ms Memory Size: 512 MB … Init Duration: 5960.19 ms
 * INIT_REPORT Init Duration: 229.04 ms Phase: init Status: error Error Type: Runtime.ImportModuleError
 * </pre>
 */
final class PlatformLine {
  private static final int LONGEST_VALUE = 1024;
  private static final Set<String> FAILED = Set.of("error", "failure", "timeout");

  /**
   * Longest label first where one ends in another; Runtime Duration is an extension's and of no
   * use.
   */
  private static final List<String> LABELS =
      List.of(
          "Billed Restore Duration",
          "Post Runtime Duration",
          "Runtime Version ARN",
          "Restore Duration",
          "Runtime Duration",
          "Billed Duration",
          "Max Memory Used",
          "Runtime Version",
          "Init Duration",
          "Memory Size",
          "Error Type",
          "RequestId",
          "ErrorType",
          "Duration",
          "Version",
          "Status",
          "Phase");

  private static final Pattern TIMED_OUT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\S+ \\S+ Task timed out after \\d+(?:\\.\\d+)? seconds");

  private PlatformLine() {}

  /** Reads the line if it is one that says something about a cold start. */
  static boolean read(String line, List<TimingLine> into) throws BrokenLineException {
    TimingLine timing = timing(line);
    if (timing != null) {
      into.add(timing);
    }
    if (timing instanceof TimingLine.RestoreReport report) {
      RestoreFault.add(report, fields(line).get("Error Type"), into);
    }
    return timing != null;
  }

  private static @Nullable TimingLine timing(String line) throws BrokenLineException {
    if (line.startsWith("REPORT RequestId:")) {
      return report(fields(line));
    }
    if (line.startsWith("START RequestId:")) {
      return start(fields(line));
    }
    if (line.startsWith("INIT_START ")) {
      Map<String, String> fields = fields(line);
      return new TimingLine.InitStart(
          fields.get("Runtime Version"), fields.get("Runtime Version ARN"), null, null, null, null);
    }
    if (line.startsWith("INIT_REPORT ")) {
      return initReport(fields(line));
    }
    if (line.startsWith("RESTORE_START ")) {
      Map<String, String> fields = fields(line);
      return new TimingLine.RestoreStart(
          fields.get("Runtime Version"), fields.get("Runtime Version ARN"));
    }
    if (line.startsWith("RESTORE_REPORT ")) {
      Map<String, String> fields = fields(line);
      return new TimingLine.RestoreReport(micros(fields, "Restore Duration"), fields.get("Status"));
    }
    return fault(line);
  }

  private static @Nullable TimingLine fault(String line) throws BrokenLineException {
    if (line.startsWith("RequestId: ")) {
      Map<String, String> fields = fields(line);
      String status = fields.get("Status");
      if (status != null) {
        return FAILED.contains(status)
            ? new TimingLine.Fault(status, fields.get("ErrorType"))
            : null;
      }
      boolean exited =
          line.contains(" Error: Runtime exited")
              || line.contains(" Process exited before completing");
      return exited ? new TimingLine.Fault("error", "Runtime.ExitError") : null;
    }
    boolean timedOut = line.contains("Task timed out") && TIMED_OUT.matcher(line).lookingAt();
    return timedOut ? new TimingLine.Fault("timeout", null) : null;
  }

  private static TimingLine start(Map<String, String> fields) throws BrokenLineException {
    return new TimingLine.Start(required(fields, "RequestId", "START"), fields.get("Version"));
  }

  private static TimingLine report(Map<String, String> fields) throws BrokenLineException {
    return new TimingLine.Report(
        required(fields, "RequestId", "REPORT"),
        micros(fields, "Duration"),
        micros(fields, "Billed Duration"),
        megabytes(fields, "Memory Size"),
        megabytes(fields, "Max Memory Used"),
        micros(fields, "Init Duration"),
        micros(fields, "Restore Duration"),
        micros(fields, "Billed Restore Duration"),
        fields.get("Status"),
        fields.get("Error Type"));
  }

  private static TimingLine initReport(Map<String, String> fields) throws BrokenLineException {
    Long init = micros(fields, "Init Duration");
    if (init == null) {
      throw new BrokenLineException("INIT_REPORT without Init Duration");
    }
    return new TimingLine.InitReport(
        init, fields.get("Phase"), fields.get("Status"), fields.get("Error Type"), null);
  }

  /** The first of each label counts. Every cold start has such lines: no expression is as quick. */
  private static Map<String, String> fields(String line) throws BrokenLineException {
    Map<String, String> fields = new HashMap<>();
    int from = 0;
    for (int colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', from)) {
      String label = labelBefore(line, from, colon);
      int value = label == null ? colon + 1 : behindBlanks(line, colon + 1);
      int end = label == null ? value : endOfValue(line, value);
      from = Math.max(end, colon + 1);
      if (label == null || end == value) {
        continue;
      }
      if (end - value > LONGEST_VALUE) {
        throw new BrokenLineException("platform line with a value longer than 1,024 characters");
      }
      fields.putIfAbsent(label, line.substring(value, end));
    }
    return fields;
  }

  private static @Nullable String labelBefore(String line, int from, int colon) {
    for (String label : LABELS) {
      int start = colon - label.length();
      if (start >= from && line.startsWith(label, start)) {
        return label;
      }
    }
    return null;
  }

  private static int behindBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  /** Collectors write tabs and line feeds as escapes, too. */
  private static int endOfValue(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) > ' ' && line.charAt(at) != '\\') {
      at++;
    }
    return at;
  }

  private static String required(Map<String, String> fields, String label, String line)
      throws BrokenLineException {
    String value = fields.get(label);
    if (value == null) {
      throw new BrokenLineException(line + " without " + label);
    }
    return value;
  }

  private static @Nullable Long micros(Map<String, String> fields, String label)
      throws BrokenLineException {
    String value = fields.get(label);
    return value == null ? null : Long.valueOf(Durations.micros(value));
  }

  private static @Nullable Long megabytes(Map<String, String> fields, String label)
      throws BrokenLineException {
    String value = fields.get(label);
    if (value == null) {
      return null;
    }
    if (value.length() > 9 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new BrokenLineException("memory size that is not a number");
    }
    return Long.valueOf(value);
  }
}
