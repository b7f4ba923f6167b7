package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.verdict.changes.ChangePoints;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known to have happened: events of {@code known_changes.json}, looked for in the history
 * alone, and weeks in which a whole runtime moved.
 */
final class LambdaPerfEvents {
  /** Days on either side of an event that are looked through. */
  static final int DAYS_AROUND = 45;

  private static final int NEAR_DAYS = 7;
  private static final long DAY = 86_400_000_000L;

  /** A runtime moved when so many of its functions moved by as much the same way. */
  private static final double SHARE = 0.9;

  private static final double SHIFT_PCT = 8;
  private static final int LEAST_FUNCTIONS = 5;

  private final PrintStream out;
  private int shifts;
  private int shiftsCalled;
  private final Map<Verdict, Integer> verdicts = new HashMap<>();

  LambdaPerfEvents(PrintStream out) {
    this.out = out;
  }

  /** Gives the history of a series around a day. */
  interface Histories {
    Deployment around(String series, long day);
  }

  void known(Path folder, Histories histories) throws IOException {
    Path file = folder.resolve("known_changes.json");
    if (!Files.exists(file)) {
      return;
    }
    for (JsonNode event : new ObjectMapper().readTree(file.toFile())) {
      int found = 0;
      int looked = 0;
      for (JsonNode series : event.path("series")) {
        long day = LocalDate.parse(series.path("first_day").asText()).toEpochDay();
        Deployment history = histories.around(series.path("series").asText(), day);
        double change = series.path("change_pct").asDouble();
        looked += history.starts().isEmpty() ? 0 : 1;
        found += finds(history, day, change) ? 1 : 0;
      }
      out.printf(
          "Known event %s: found in %d of %d series%n", event.path("id").asText(), found, looked);
    }
  }

  private static boolean finds(Deployment history, long day, double change) {
    for (ChangePoints.Found found : new ChangePoints(Thresholds.DEFAULT).inHistory(history)) {
      boolean near = Math.abs(found.firstMicros() / DAY - day) <= NEAR_DAYS;
      if (near && found.comparison().changeMs().estimate() * change > 0) {
        return true;
      }
    }
    return false;
  }

  /** Takes in one week: comparisons as the fleet view judged them, by runtime. */
  void week(Map<String, List<Comparison>> byRuntime) {
    for (List<Comparison> runtime : byRuntime.values()) {
      for (int sign : new int[] {-1, 1}) {
        List<Comparison> moved = new ArrayList<>();
        for (Comparison comparison : runtime) {
          if (sign * comparison.changePct() >= SHIFT_PCT) {
            moved.add(comparison);
          }
        }
        if (runtime.size() >= LEAST_FUNCTIONS && moved.size() >= SHARE * runtime.size()) {
          shifts++;
          moved.forEach(comparison -> verdicts.merge(comparison.verdict(), 1, Integer::sum));
          shiftsCalled += moved.stream().anyMatch(one -> one.verdict() == Verdict.PLATFORM) ? 1 : 0;
        }
      }
    }
  }

  void printShifts() {
    out.printf(
        Locale.ROOT,
        "Runtime-wide shifts (%.0f %% of at least %d functions by %.0f %% or more): %d, called platform %d; verdicts in them %s%n",
        100 * SHARE,
        LEAST_FUNCTIONS,
        SHIFT_PCT,
        shifts,
        shiftsCalled,
        new java.util.TreeMap<>(verdicts));
  }
}
