package dev.frostline.verdict.comparison;

import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.statistics.Interval;
import java.util.List;

/**
 * What an estimator found out: a comparison before names, samples and the correction over the whole
 * answer.
 */
record Finding(
    Verdict verdict,
    Interval change,
    double p,
    double floorMs,
    int needed,
    double normalisedPct,
    List<Suspect> suspects,
    List<Suspect> packages,
    double unexplainedMs,
    List<String> notes) {
  Finding with(Verdict other, List<String> added) {
    List<String> all = new java.util.ArrayList<>(added);
    all.addAll(notes);
    return new Finding(
        other,
        change,
        p,
        floorMs,
        needed,
        normalisedPct,
        suspects,
        packages,
        unexplainedMs,
        List.copyOf(all));
  }

  static Finding without(Verdict verdict, double floorMs, int needed, List<String> notes) {
    return new Finding(
        verdict,
        Interval.NONE,
        Double.NaN,
        floorMs,
        needed,
        Double.NaN,
        List.of(),
        List.of(),
        Double.NaN,
        notes);
  }
}
