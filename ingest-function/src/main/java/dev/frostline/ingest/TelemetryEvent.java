package dev.frostline.ingest;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event of Lambda's Telemetry API, as extensions are sent it in lists: {@code
 * {"time":"2026-10-08T07:30:27.768Z","type":"platform.initStart","record":{…}}}, or what the
 * function printed, {@code {"time":…,"type":"function","record":"import time: …"}}.
 */
final class TelemetryEvent {
  private static final Pattern PLATFORM = Pattern.compile("platform\\.\\w+");
  private static final Set<String> OUTPUT = Set.of("function", "extension");

  private @Nullable String type;
  private @Nullable String record;
  private boolean text;

  void type(String value) {
    type = value;
  }

  /**
   * Takes what it records.
   *
   * @param isText whether it is a text, not JSON
   */
  void record(@Nullable String value, boolean isText) {
    record = value;
    text = isText;
  }

  /** The log line that says the same; null where it is no such event. */
  @Nullable String line() {
    if (type == null || record == null) {
      return null;
    }
    if (PLATFORM.matcher(type).matches()) {
      return "{\"type\":\"" + type + "\",\"record\":" + (text ? "null" : record) + "}";
    }
    return OUTPUT.contains(type) ? record : null;
  }
}
