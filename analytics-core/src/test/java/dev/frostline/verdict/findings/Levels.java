package dev.frostline.verdict.findings;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Noise;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Periods as {@code "b 150"}, the name of a deployment and what its init takes in ms. */
record Levels(List<String> periods) {
  private static final double FLOOR = 2;

  /** Each period against the one before it. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i < periods.size(); i++) {
      steps.add(new Step(i - 1, i, comparison(i - 1, i)));
    }
    return steps;
  }

  Map<Recheck, Comparison> answers(Set<Recheck> rechecks) {
    Map<Recheck, Comparison> answers = new HashMap<>();
    rechecks.forEach(one -> answers.put(one, comparison(one.before(), one.after())));
    return answers;
  }

  /** As sure as half a millisecond. */
  Comparison comparison(int before, int after) {
    double change = level(after) - level(before);
    Verdict verdict =
        change > FLOOR ? Verdict.SLOWER : change < -FLOOR ? Verdict.FASTER : Verdict.UNCHANGED;
    return comparison(name(before), name(after), change, 0.5, verdict);
  }

  String name(int position) {
    return periods.get(position).substring(0, periods.get(position).indexOf(' '));
  }

  private double level(int position) {
    return Double.parseDouble(periods.get(position).substring(name(position).length() + 1));
  }

  static Comparison comparison(
      String before, String after, double change, double half, Verdict verdict) {
    return new Comparison(
        "1",
        "r",
        "f",
        new Side(before, 100, 30, 30, 1, Instant.EPOCH),
        new Side(after, 100, 30, 30, 1, Instant.EPOCH),
        verdict,
        Interval.of(change, half),
        change,
        0.5,
        0.5,
        FLOOR,
        0,
        new Noise(5, 1, true),
        List.of(),
        List.of(),
        0,
        0,
        100,
        List.of(),
        Kind.DEPLOYMENT,
        "published",
        null);
  }
}
