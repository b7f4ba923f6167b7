package dev.frostline.report;

import dev.frostline.report.WeekAnswers.DeploymentWeek;
import dev.frostline.report.WeekAnswers.LatestMinute;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.verdict.comparison.Comparison;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes found in the history of functions without versions, as the deployments they stand for:
 * {@code $LATEST@2026-10-05T08:00:00Z} is the code that came at that minute and stayed until the
 * next change.
 */
final class LatestChanges {
  private static final String PREFIX = "$LATEST@";

  private LatestChanges() {}

  static List<DeploymentWeek> deployments(
      List<Comparison> comparisons, List<LatestMinute> minutes) {
    Map<FunctionId, TreeMap<Instant, String>> changes = new HashMap<>();
    for (Comparison comparison : comparisons) {
      String name = comparison.after().deployment();
      Instant began = began(name);
      if (began != null) {
        changes.computeIfAbsent(FunctionId.of(comparison), key -> new TreeMap<>()).put(began, name);
      }
    }
    List<DeploymentWeek> deployments = new ArrayList<>();
    changes.forEach(
        (function, all) ->
            all.forEach(
                (began, name) ->
                    deployments.add(
                        deployment(function, name, began, all.higherKey(began), all, minutes))));
    return deployments;
  }

  private static DeploymentWeek deployment(
      FunctionId function,
      String name,
      Instant began,
      @Nullable Instant next,
      Map<Instant, String> names,
      List<LatestMinute> minutes) {
    long coldStarts = 0;
    long waitedFor = 0;
    double usdPerMs = 0;
    for (LatestMinute minute : minutes) {
      boolean within =
          minute.function().equals(function)
              && !minute.startedAt().isBefore(began)
              && (next == null || minute.startedAt().isBefore(next));
      coldStarts += within ? minute.coldStarts() : 0;
      waitedFor += within ? minute.waitedFor() : 0;
      usdPerMs += within ? minute.usdPerMs() : 0;
    }
    return new DeploymentWeek(
        function,
        name,
        began,
        coldStarts,
        waitedFor,
        usdPerMs,
        next == null ? null : names.get(next));
  }

  private static @Nullable Instant began(String deployment) {
    if (!deployment.startsWith(PREFIX)) {
      return null;
    }
    try {
      return Instant.parse(deployment.substring(PREFIX.length()));
    } catch (DateTimeParseException e) {
      return null; // a name somebody gave
    }
  }
}
