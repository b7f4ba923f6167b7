package dev.frostline.ingest.line;

import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The platform's events of the JSON log format, keys in any order, unknown ones skipped:
 *
 * <pre>
 * {"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"79b5e81f-…",
 *  "metrics":{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"initDurationMs":463.512}}}
 * </pre>
 *
 * and the runtime's JSON object around a plain line, whose {@code message} is handed back.
 */
final class PlatformEvent {
  private static final int LONGEST_VALUE = 1024;
  private static final byte[] PLATFORM = "\"platform.".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRACE = " time:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CAPTURE = "FROSTLINE ".getBytes(StandardCharsets.US_ASCII);

  /** An application's {@code {'event': "platform.updated"}} is no platform event. */
  private static final Pattern ENVELOPE = Pattern.compile("\"type\"\\s*:\\s*\"platform\\.\\w");

  private static final Pattern ARN =
      Pattern.compile("arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+)(?::([^:]+))?");

  /** A cheap look whether it is worth parsing: most JSON lines are the application's own. */
  static boolean mayMatter(byte[] text, int from, int to) {
    return contains(text, from, to, PLATFORM)
        || contains(text, from, to, TRACE)
        || contains(text, from, to, CAPTURE);
  }

  /** Reads a platform event, or returns the message of another JSON object, or null. */
  static @Nullable String read(JsonObject event, List<TimingLine> into) throws BrokenLineException {
    String type = event.text("type");
    if (type == null || !type.startsWith("platform.") || !event.has("record")) {
      return event.text("message");
    }
    JsonObject record = event.object("record");
    TimingLine line = timing(type, record);
    if (line != null) {
      into.add(line);
    }
    if (line instanceof TimingLine.RestoreReport report) {
      RestoreFault.add(report, string(record, "errorType"), into);
    }
    return null;
  }

  /**
   * Text that begins like JSON and is not is an application's, unless it has a platform event's
   * type.
   */
  static @Nullable JsonObject parsed(String text) throws BrokenLineException {
    try {
      return JsonObject.parse(text);
    } catch (IOException e) {
      if (ENVELOPE.matcher(text).find()) {
        throw new BrokenLineException("platform event that is not JSON");
      }
      return null;
    }
  }

  private static @Nullable TimingLine timing(String type, JsonObject record)
      throws BrokenLineException {
    return switch (type) {
      case "platform.initStart" ->
          new TimingLine.InitStart(
              string(record, "runtimeVersion"),
              string(record, "runtimeVersionArn"),
              string(record, "initializationType"),
              string(record, "phase"),
              name(record, "functionName", 1),
              name(record, "functionVersion", 2));
      case "platform.initRuntimeDone" ->
          new TimingLine.InitRuntimeDone(string(record, "status"), string(record, "errorType"));
      case "platform.initReport" -> initReport(record);
      case "platform.start" -> new TimingLine.Start(requestId(record), string(record, "version"));
      case "platform.report" -> report(record);
      case "platform.restoreStart" ->
          new TimingLine.RestoreStart(
              string(record, "runtimeVersion"), string(record, "runtimeVersionArn"));
      case "platform.restoreReport" ->
          new TimingLine.RestoreReport(
              micros(record.object("metrics"), "durationMs"), string(record, "status"));
      case "platform.restoreRuntimeDone" -> restoreFault(record);
      case "platform.fault" -> new TimingLine.Fault("error", null);
      default -> null;
    };
  }

  private static TimingLine.@Nullable Fault restoreFault(JsonObject record)
      throws BrokenLineException {
    String status = string(record, "status");
    return status == null || status.equals("success")
        ? null
        : new TimingLine.Fault(status, string(record, "errorType"));
  }

  /** A name of the function, or what its ARN says of it. */
  private static @Nullable String name(JsonObject record, String field, int partOfArn)
      throws BrokenLineException {
    String name = string(record, field);
    String arn = string(record, "functionArn");
    if (name != null || arn == null) {
      return name;
    }
    Matcher parts = ARN.matcher(arn);
    return parts.matches() ? parts.group(partOfArn) : null;
  }

  private static TimingLine initReport(JsonObject record) throws BrokenLineException {
    Long init = micros(record.object("metrics"), "durationMs");
    if (init == null) {
      throw new BrokenLineException("platform.initReport without durationMs");
    }
    String phase = string(record, "phase");
    String type = string(record, "initializationType");
    boolean unsaid = phase == null && type != null && !type.equals("snap-start");
    return new TimingLine.InitReport(
        init, unsaid ? "init" : phase, string(record, "status"), string(record, "errorType"), type);
  }

  private static TimingLine report(JsonObject record) throws BrokenLineException {
    JsonObject metrics = record.object("metrics");
    return new TimingLine.Report(
        requestId(record),
        micros(metrics, "durationMs"),
        micros(metrics, "billedDurationMs"),
        megabytes(metrics, "memorySizeMB"),
        megabytes(metrics, "maxMemoryUsedMB"),
        micros(metrics, "initDurationMs"),
        micros(metrics, "restoreDurationMs"),
        micros(metrics, "billedRestoreDurationMs"),
        string(record, "status"),
        string(record, "errorType"));
  }

  private static String requestId(JsonObject record) throws BrokenLineException {
    String id = string(record, "requestId");
    if (id == null) {
      throw new BrokenLineException("platform event without requestId");
    }
    return id;
  }

  private static @Nullable String string(JsonObject node, String field) throws BrokenLineException {
    String value = node.text(field);
    if (value != null && value.length() > LONGEST_VALUE) {
      throw new BrokenLineException("platform event with a value longer than 1,024 characters");
    }
    return value == null ? null : storable(value);
  }

  /**
   * The text as UTF-8 can hold it: half a surrogate pair becomes a question mark here, as it would
   * in the store.
   */
  private static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static @Nullable Long micros(JsonObject node, String field) throws BrokenLineException {
    Double value = node.number(field, "duration");
    return value == null ? null : Durations.micros(value);
  }

  private static @Nullable Long megabytes(JsonObject node, String field)
      throws BrokenLineException {
    Double value = node.number(field, "memory size");
    if (value == null) {
      return null;
    }
    if (value <= -1 || value > Integer.MAX_VALUE) {
      throw new BrokenLineException("memory size that is not a number");
    }
    return value.longValue();
  }

  private static boolean contains(byte[] text, int from, int to, byte[] word) {
    for (int start = from; start <= to - word.length; start++) {
      int matched = 0;
      while (matched < word.length && text[start + matched] == word[matched]) {
        matched++;
      }
      if (matched == word.length) {
        return true;
      }
    }
    return false;
  }
}
