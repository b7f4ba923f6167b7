package dev.frostline.verdict.comparison;

import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.statistics.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One deployment against the one before it: the verdict and everything it rests on.
 *
 * @param changeMs change of the code's init time in ms with its 99 % interval, host speed removed
 *     where traces allow
 * @param changePct the same in % of the side before
 * @param p two-sided p value of "no change"
 * @param q p after Benjamini-Hochberg over all comparisons of one answer
 * @param floorMs smallest change worth a verdict here
 * @param needed cold starts needed after the deployment to exclude a change of the floor; 0 when
 *     there are enough
 * @param noise how cold starts vary here
 * @param suspects what is to blame, worst first
 * @param packages the same summed by package, worst first
 * @param unexplainedMs change that no suspect carries
 * @param hostMs change of Init Duration due to hosts or platform, not to code; NaN without traces
 * @param startsPerWeek cold starts of the deployment after, extrapolated to a week
 * @param notes the reasons in words
 * @param kind what lies between the sides
 * @param track the track both sides are on: published, $LATEST or $LATEST.PUBLISHED
 * @param configuration what the starts after that were compared ran in; null without any
 */
public record Comparison(
    String account,
    String region,
    String function,
    Side before,
    Side after,
    Verdict verdict,
    Interval changeMs,
    double changePct,
    double p,
    double q,
    double floorMs,
    int needed,
    Noise noise,
    List<Suspect> suspects,
    List<Suspect> packages,
    double unexplainedMs,
    double hostMs,
    double startsPerWeek,
    List<String> notes,
    Kind kind,
    String track,
    @Nullable Configuration configuration) {
  public Comparison {
    suspects = List.copyOf(suspects);
    packages = List.copyOf(packages);
    notes = List.copyOf(notes);
  }

  Comparison withQ(double corrected) {
    return with(verdict, corrected, notes, kind, track);
  }

  public Comparison withVerdict(Verdict other, String note) {
    List<String> all = new ArrayList<>(List.of(note));
    all.addAll(notes);
    return with(other, q, all, kind, track);
  }

  /** The worst of so many comparisons of one deployment: chance had as many tries. */
  Comparison ofTries(int tries) {
    return new Comparison(
        account,
        region,
        function,
        before,
        after,
        verdict,
        changeMs,
        changePct,
        Math.min(1, p * tries),
        Math.min(1, q * tries),
        floorMs,
        needed,
        noise,
        suspects,
        packages,
        unexplainedMs,
        hostMs,
        startsPerWeek,
        notes,
        kind,
        track,
        configuration);
  }

  /** The same as a comparison of that kind. */
  public Comparison withKind(Kind other) {
    return with(verdict, q, notes, other, track);
  }

  /** The same on that track. */
  public Comparison withTrack(String other) {
    return with(verdict, q, notes, kind, other);
  }

  /** The same, where only a stretch of each period was compared: the periods began then. */
  public Comparison withPeriods(Instant beforeSince, Instant afterSince) {
    return with(before.of(beforeSince), after.of(afterSince), verdict, q, notes, kind, track);
  }

  /** The same with one more reason, first. */
  public Comparison withNote(String note) {
    return withVerdict(verdict, note);
  }

  /** The same with one more remark, last; none where it is empty. */
  public Comparison withNotes(String remark) {
    if (remark.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(notes);
    all.add(remark);
    return with(verdict, q, all, kind, track);
  }

  private Comparison with(
      Verdict otherVerdict,
      double otherQ,
      List<String> otherNotes,
      Kind otherKind,
      String otherTrack) {
    return with(before, after, otherVerdict, otherQ, otherNotes, otherKind, otherTrack);
  }

  private Comparison with(
      Side otherBefore,
      Side otherAfter,
      Verdict otherVerdict,
      double otherQ,
      List<String> otherNotes,
      Kind otherKind,
      String otherTrack) {
    return new Comparison(
        account,
        region,
        function,
        otherBefore,
        otherAfter,
        otherVerdict,
        changeMs,
        changePct,
        p,
        otherQ,
        floorMs,
        needed,
        noise,
        suspects,
        packages,
        unexplainedMs,
        hostMs,
        startsPerWeek,
        otherNotes,
        otherKind,
        otherTrack,
        configuration);
  }

  /**
   * Whether the starts after come from two days or more. What shows on one day only may be that
   * day's hosts, since starts of one day move together: worth a look, but no alert yet.
   */
  public boolean persists() {
    return after.days() >= 2;
  }

  /** Whether any import is a suspect; what init does beside imports is none. */
  public boolean blamesImports() {
    return suspects.stream().anyMatch(one -> !one.kind().equals(OutsideImports.KIND));
  }

  /** Change of the median Init Duration in ms as measured: what code and hosts did together. */
  public double measuredMs() {
    return after.medianMs() - before.medianMs();
  }

  /** Whether hosts or platform moved what was measured by more than the floor. */
  public boolean isHostSeen() {
    return Math.abs(hostMs) > floorMs;
  }

  /**
   * Milliseconds a week that the deployment adds over all cold starts: the order of the fleet view.
   * None where cost only moved: the first request waits as long as before.
   */
  public double addedMsPerWeek() {
    return verdict == Verdict.MOVED || Double.isNaN(changeMs.estimate())
        ? 0
        : changeMs.estimate() * startsPerWeek;
  }
}
