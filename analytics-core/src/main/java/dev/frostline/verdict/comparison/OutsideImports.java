package dev.frostline.verdict.comparison;

import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.Clip;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Robust;
import dev.frostline.verdict.statistics.Thresholds;
import dev.frostline.verdict.statistics.TwoSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Init that no import accounts for, at the speed of the side before: the runtime's own start, and
 * code that opens connections or reads files beside imports. It is known only as a rest, so a
 * change has to clear the floor of Init Duration, not that of imports.
 */
final class OutsideImports {
  static final String KIND = "outside";

  private final Interval sure;
  private final Interval shown;
  private final double p;
  private final double floorMs;

  OutsideImports(Profile profile, double[] speeds, double[] weight, Thresholds thresholds) {
    double[] rest = new double[profile.runs];
    for (int run = 0; run < rest.length; run++) {
      double imports = 0;
      for (double self : profile.self[run]) {
        imports += self;
      }
      rest[run] = (1000 * profile.start(run).initMs() - imports) * Math.exp(-speeds[run]);
    }
    clip(rest, weight, 0, profile.runsBefore);
    clip(rest, weight, profile.runsBefore, profile.runs);
    TwoSample two = TwoSample.of(rest, weight, profile.runsBefore);
    boolean known = two.before() > 0 && two.after() > 0;
    sure = known ? two.interval(thresholds.verdictConfidence()).inMillis() : Interval.NONE;
    shown = known ? two.interval(thresholds.confidence()).inMillis() : Interval.NONE;
    p = two.p();
    floorMs = thresholds.rawFloor(UntracedComparison.medianMs(profile.startsBefore));
  }

  /** The finding on imports with this rest as a suspect, if it moved; it may turn the verdict. */
  Finding beside(Finding imports) {
    if (!sure.above(floorMs) && !sure.below(floorMs)) {
      return imports;
    }
    Interval both =
        Interval.of(
            imports.change().estimate() + shown.estimate(),
            Math.hypot(imports.change().halfWidth(), shown.halfWidth()));
    boolean turns =
        (both.above(floorMs) || both.below(floorMs))
            && switch (imports.verdict()) {
              case UNCHANGED, NOT_SHOWN -> true;
              case SLOWER,
                  FASTER,
                  MOVED,
                  BROAD,
                  HOST,
                  INSUFFICIENT,
                  CONFIGURATION,
                  PLATFORM,
                  MIXED ->
                  false;
            };
    Verdict slowerOrFaster = both.estimate() > 0 ? Verdict.SLOWER : Verdict.FASTER;
    List<String> notes = new ArrayList<>(imports.notes());
    notes.add(
        String.format(
            Locale.ROOT,
            "init outside imports changed by %+.1f ms [%.1f, %.1f]: code beside imports, or the"
                + " runtime's start",
            shown.estimate(),
            shown.low(),
            shown.high()));
    return new Finding(
        turns ? slowerOrFaster : imports.verdict(),
        turns ? both : imports.change(),
        turns ? Math.min(1, 2 * Math.min(p, imports.p())) : imports.p(),
        imports.floorMs(),
        turns ? 0 : imports.needed(),
        imports.normalisedPct(),
        suspects(imports, turns ? shown.estimate() / both.estimate() : 0),
        imports.packages(),
        imports.unexplainedMs(),
        notes);
  }

  private List<Suspect> suspects(Finding imports, double share) {
    List<Suspect> suspects = new ArrayList<>(imports.suspects());
    suspects.add(
        new Suspect(
            "(outside imports)",
            KIND,
            shown.estimate() > 0 ? Change.SLOWER : Change.FASTER,
            shown.estimate(),
            shown.estimate(),
            List.of(),
            share,
            p));
    if (share > 0) {
      suspects.sort(
          Comparator.comparingDouble((Suspect suspect) -> -Math.abs(suspect.cumulativeChangeMs())));
    }
    return suspects;
  }

  private static void clip(double[] values, double[] weight, int from, int to) {
    double[] own = Arrays.copyOfRange(values, from, to);
    double[] weights = Arrays.copyOfRange(weight, from, to);
    Clip clip = Clip.of(own, weights);
    double least = clip.center() - clip.reach();
    double most = clip.center() + clip.reach();
    for (int run = from; run < to; run++) {
      values[run] = Robust.within(values[run], least, most);
    }
  }
}
