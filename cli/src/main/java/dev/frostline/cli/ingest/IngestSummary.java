package dev.frostline.cli.ingest;

import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.SafeText;
import dev.frostline.store.Ingestion;
import dev.frostline.timing.LineCounts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of everything that one command took in. */
final class IngestSummary {
  private final Map<String, Long> coldStartsByRuntime = new TreeMap<>();
  private final List<Map<String, String>> failures = new ArrayList<>();
  private final List<Map<String, String>> passedOver = new ArrayList<>();
  private LineCounts lines = LineCounts.none();
  private long sources;
  private long coldStarts;

  void add(Ingestion.Summary summary) {
    sources++;
    lines = lines.plus(summary.lines());
    coldStarts += summary.newColdStarts();
    summary
        .newColdStartsByRuntime()
        .forEach((runtime, count) -> coldStartsByRuntime.merge(runtime, count, Long::sum));
    coldStartsByRuntime.values().removeIf(count -> count == 0);
  }

  void failed(String file, String why) {
    failures.add(Map.of("file", file, "why", why));
  }

  void passedOver(String file, String what) {
    passedOver.add(Map.of("file", file, "what", what));
  }

  boolean hasFailures() {
    return !failures.isEmpty();
  }

  LineCounts lines() {
    return lines;
  }

  /** The command that a reader of it most likely wants; empty where there is none. */
  List<String> next() {
    return lines.rejected() > 0
        ? List.of("rejects", "--last")
        : coldStarts > 0 ? List.of("regressions") : List.of();
  }

  void print(OutputFormat output, PrintWriter out) {
    if (output == OutputFormat.JSON) {
      JsonOutput.print(out, json());
    } else if (output != OutputFormat.OFF) {
      printText(out);
    }
    out.flush();
  }

  private Map<String, Object> json() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("received", lines.received());
    counts.put("stored", lines.stored());
    counts.put("already_stored", lines.alreadyStored());
    counts.put("not_ours", lines.notOurs());
    counts.put("rejected", lines.rejected());
    List<Map<String, Object>> rejects = new ArrayList<>();
    new TreeMap<>(lines.rejects())
        .forEach(
            (reason, count) -> {
              Map<String, Object> reject = new LinkedHashMap<>();
              reject.put("reason", reason);
              reject.put("lines", count);
              rejects.add(reject);
            });
    Map<String, Object> starts = new LinkedHashMap<>();
    starts.put("new", coldStarts);
    starts.put("by_runtime", coldStartsByRuntime);
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("files", sources);
    answer.put("lines", counts);
    answer.put("rejects", rejects);
    answer.put("cold_starts", starts);
    answer.put("failed_files", failures);
    answer.put("passed_over_files", passedOver);
    return answer;
  }

  private void printText(PrintWriter out) {
    out.printf("  files        %,d%n", sources);
    out.printf(
        "  lines        %,d = %,d stored + %,d already stored + %,d not ours + %,d rejected%n",
        lines.received(), lines.stored(), lines.alreadyStored(), lines.notOurs(), lines.rejected());
    StringBuilder runtimes = new StringBuilder();
    coldStartsByRuntime.forEach(
        (runtime, count) ->
            runtimes
                .append(runtimes.length() == 0 ? "   " : " · ")
                .append(SafeText.of(runtime))
                .append(' ')
                .append(String.format("%,d", count)));
    out.printf("  cold starts  %,d new%s%n", coldStarts, runtimes);
    new TreeMap<>(lines.rejects())
        .forEach(
            (reason, count) -> out.printf("  rejected     %,d: %s%n", count, SafeText.of(reason)));
  }
}
