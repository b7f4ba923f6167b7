package dev.frostline.page;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a monitoring system asks of the page, in the text format of Prometheus; no names in it. */
final class Metrics {
  private static final long[] BOUNDS_MS = {10, 30, 100, 300, 1000, 3000};
  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final LongAdder[] buckets = new LongAdder[BOUNDS_MS.length];
  private final LongAdder nanos = new LongAdder();
  private final LongAdder answers = new LongAdder();
  private final LongAdder failedRenewals = new LongAdder();
  private final AtomicLong renewed = new AtomicLong();

  Metrics() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /** One more answer. */
  void answered(int status, long tookNanos) {
    statuses.computeIfAbsent(status, one -> new LongAdder()).increment();
    answers.increment();
    nanos.add(tookNanos);
    for (int i = 0; i < buckets.length; i++) {
      if (tookNanos <= BOUNDS_MS[i] * 1_000_000) {
        buckets[i].increment();
      }
    }
  }

  /** The lake was looked at. */
  void renewed(boolean well) {
    if (well) {
      renewed.set(Instant.now().getEpochSecond());
    } else {
      failedRenewals.increment();
    }
  }

  /**
   * All of them.
   *
   * @param newest when the newest cold start was; absent without any
   * @param open findings that are open; negative while they are being judged
   * @param answering requests that have come and are not answered yet
   */
  String text(@Nullable Instant newest, int open, int answering) {
    StringBuilder text = new StringBuilder(2048);
    head(text, "frostline_http_responses_total", "counter", "Answers by status.");
    statuses.forEach(
        (status, count) ->
            text.append("frostline_http_responses_total{status=\"")
                .append(status)
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
    String name = "frostline_http_response_seconds";
    head(text, name, "histogram", "From the first byte of a request to the last of its answer.");
    for (int i = 0; i < buckets.length; i++) {
      String bound = String.format(Locale.ROOT, "%.2f", BOUNDS_MS[i] / 1e3);
      line(text, name + "_bucket{le=\"" + bound + "\"}", buckets[i].sum());
    }
    line(text, name + "_bucket{le=\"+Inf\"}", answers.sum());
    text.append(name).append("_sum ").append(nanos.sum() / 1e9).append('\n');
    line(text, name + "_count", answers.sum());
    if (newest != null) {
      gauge(
          text,
          "frostline_newest_cold_start_timestamp_seconds",
          "When the newest cold start was.",
          newest.getEpochSecond());
    }
    if (open >= 0) {
      gauge(text, "frostline_open_findings", "Slowdowns that nothing took back.", open);
    }
    gauge(text, "frostline_http_in_progress", "Requests that are being answered.", answering);
    gauge(
        text,
        "frostline_lake_renewed_timestamp_seconds",
        "When the lake was last read; 0 without one.",
        renewed.get());
    head(text, "frostline_lake_renewals_failed_total", "counter", "Times it could not be read.");
    line(text, "frostline_lake_renewals_failed_total", failedRenewals.sum());
    Runtime runtime = Runtime.getRuntime();
    gauge(
        text,
        "frostline_heap_used_bytes",
        "Of the page's process.",
        runtime.totalMemory() - runtime.freeMemory());
    return text.toString();
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    head(text, name, "gauge", help);
    line(text, name, value);
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
