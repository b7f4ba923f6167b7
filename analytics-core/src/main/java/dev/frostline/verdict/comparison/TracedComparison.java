package dev.frostline.verdict.comparison;

import dev.frostline.verdict.blame.Blame;
import dev.frostline.verdict.blame.BlameUnits;
import dev.frostline.verdict.blame.BroadShift;
import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.FileReads;
import dev.frostline.verdict.blame.FirstImporters;
import dev.frostline.verdict.blame.Shifts;
import dev.frostline.verdict.blame.Structure;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.hosts.InternalStandard;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.hosts.ReferenceImports;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Thresholds;
import dev.frostline.verdict.statistics.TwoSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares two deployments by their import timings: the internal standard, matched hosts, tested
 * imports, blame.
 */
final class TracedComparison {
  /** Fewer starts of equal weight than this tell no spread. */
  private static final double LEAST_EFFECTIVE = 4;

  /** With so many starts a side, those without a like are of another state, not too few. */
  private static final int ENOUGH = 10;

  /** Where even what no deployment changes moved by more, hosts say more than code. */
  private static final double MOST_BIAS = 0.05;

  private final Thresholds thresholds;
  private final Profile profile;
  private final Structure structure;
  private final ReferenceImports reference;
  private final Shifts shifts;
  private final BlameUnits units;
  private final Blame blame;
  private final BroadShift broad;
  private final FileReads reads;
  private final double baselineMs;
  private final double floorMs;
  private final Interval net;
  private final Interval sureNet;
  private final Interval sureParts;
  private final Interval attributed;
  private final double p;

  TracedComparison(Profile profile, Thresholds thresholds) {
    this.thresholds = thresholds;
    this.profile = profile;
    structure = new Structure(profile, thresholds);
    reference = new ReferenceImports(new InternalStandard(profile));
    broad = BroadShift.of(reference, structure);
    double[] speeds = broad.ofOwnCode(thresholds) ? reference.controlSpeeds : reference.speeds;
    shifts = new Shifts(profile, speeds, reference);
    baselineMs = shifts.mean(shifts.totals, false) / 1000;
    floorMs = thresholds.floor(baselineMs);
    units = new BlameUnits(shifts, structure, thresholds, baselineMs);
    blame = new Blame(structure, units, thresholds);
    TwoSample total = shifts.of(everyColumn());
    reads = new FileReads(shifts);
    double doubt = shifts.hostDoubt(everyColumn()) + Math.abs(reads.micros);
    net = total.interval(thresholds.confidence()).wider(doubt).inMillis();
    sureNet = total.interval(thresholds.verdictConfidence()).wider(doubt).inMillis();
    TwoSample parts = shifts.of(attributedColumns());
    double partsDoubt = shifts.hostDoubt(attributedColumns());
    attributed = parts.interval(thresholds.confidence()).wider(partsDoubt).inMillis();
    sureParts = parts.interval(thresholds.verdictConfidence()).wider(partsDoubt).inMillis();
    p = Math.min(1, 2 * Math.min(total.p(), parts.p()));
  }

  Finding finding() {
    @Nullable String apart = hostsApart();
    if (apart != null) {
      return new HostsApart(profile, structure, thresholds).finding(floorMs, apart);
    }
    if (fewestEffective() < LEAST_EFFECTIVE) {
      return Finding.without(
          Verdict.INSUFFICIENT,
          floorMs,
          needed(),
          List.of("too few cold starts have a like on the other side"));
    }
    List<String> notes = new ArrayList<>();
    Interval change = change();
    Verdict verdict = verdict(change, notes);
    List<Suspect> suspects = broad.ofOwnCode(thresholds) ? everything(change) : suspects(change);
    double explained = broad.ofOwnCode(thresholds) ? change.estimate() : attributed.estimate();
    Finding imports =
        new Finding(
            verdict,
            change,
            p,
            floorMs,
            needed(),
            normalisedPct(),
            suspects,
            blame.packages(change.estimate() * 1000),
            change.estimate() - explained,
            notes);
    return new OutsideImports(profile, reference.speeds, shifts.weight, thresholds).beside(imports);
  }

  private double fewestEffective() {
    return Math.min(reference.match.effectiveBefore, reference.match.effectiveAfter);
  }

  /** Why hosts say more than code here, or null where they do not. */
  private @Nullable String hostsApart() {
    boolean enough = Math.min(profile.runsBefore, profile.runsAfter()) >= ENOUGH;
    if (fewestEffective() < LEAST_EFFECTIVE) {
      return enough || !reference.support.isWhole() ? reference.support.difference() : null;
    }
    if (shifts.drift.bias >= MOST_BIAS) {
      return String.format(
          Locale.ROOT,
          "the hosts were in another state: the runtime's own modules changed by %.0f %% on the"
              + " most alike of them",
          100 * shifts.drift.bias);
    }
    double readsMs = Math.abs(reads.micros) / 1000;
    if (readsMs >= floorMs) {
      return String.format(
          Locale.ROOT,
          "the hosts were in another state: own imports changed by about the same time each, %+.1f"
              + " ms in all, as files do that are read from a %s page cache",
          reads.micros / 1000,
          reads.micros > 0 ? "colder" : "warmer");
    }
    return null;
  }

  /**
   * The attributed sum is the sharper estimate; it stands for the change unless the total
   * contradicts it.
   */
  private Interval change() {
    boolean agree = attributed.estimate() >= net.low() && attributed.estimate() <= net.high();
    boolean sharper = attributed.halfWidth() < net.halfWidth();
    boolean some = attributedColumns().length > 0;
    return some && agree && sharper && !broad.ofOwnCode(thresholds) ? attributed : net;
  }

  /**
   * A verdict must be ten times as sure as the interval shown, since a fleet asks thousands of
   * times. A change that the blamed do not carry to at least a half rests on the total, the least
   * sharp of the estimates, and has to be spread: where one import that is not beyond chance makes
   * up half of it, the total only repeats that chance.
   */
  private boolean clear(Interval change) {
    boolean carried =
        broad.ofOwnCode(thresholds)
            || Math.abs(attributed.estimate()) >= Math.abs(change.estimate()) / 2;
    Interval needed = carried && change.equals(attributed) ? sureParts : sureNet;
    return (needed.above(floorMs) || needed.below(floorMs)) && (carried || isSpread(change));
  }

  private boolean isSpread(Interval change) {
    for (int j = 0; j < profile.columns; j++) {
      double part = shifts.shift(j) / 1000 / change.estimate();
      if (part >= 0.5 && !blame.attributed[j]) {
        return false;
      }
    }
    return true;
  }

  private Verdict verdict(Interval change, List<String> notes) {
    explainHost(notes);
    if (clear(change)) {
      return clearChange(change, notes);
    }
    if (movedMicros() >= floorMs * 1000) {
      notes.add("cost changed place, the net change is within the floor of " + ms(floorMs));
      return Verdict.MOVED;
    }
    if (broad.ofHost(thresholds)) {
      notes.add(
          "every import changed speed, the runtime's own too, and no import more than the others");
      return Verdict.BROAD;
    }
    if (isUnchanged(change)) {
      return Verdict.UNCHANGED;
    }
    notes.add("the 99 % interval is wider than twice the floor of " + ms(floorMs));
    return Verdict.NOT_SHOWN;
  }

  /** On disturbed hosts much goes unnoticed beside the blamed, so there the total alone decides. */
  private boolean isUnchanged(Interval change) {
    return net.within(2 * floorMs)
        || (!reference.support.isDisturbed() && change.within(2 * floorMs));
  }

  private Verdict clearChange(Interval change, List<String> notes) {
    double phase = phaseMovedMs();
    if (Math.abs(phase) >= Math.abs(change.estimate()) / 2
        && Math.signum(phase) == Math.signum(change.estimate())) {
      notes.add(
          (phase < 0
                  ? "imports left init for the first invocation: "
                  : "imports came from the first invocation into init: ")
              + ms(Math.abs(phase))
              + ", the first request waits as long as before");
      return Verdict.MOVED;
    }
    if (broad.ofOwnCode(thresholds)) {
      explainBroad(notes);
    }
    return change.estimate() > 0 ? Verdict.SLOWER : Verdict.FASTER;
  }

  private void explainBroad(List<String> notes) {
    String direction = broad.ownShift() > 0 ? "slower" : "faster";
    notes.add(
        String.format(
            Locale.ROOT,
            "everything got %s: %.0f %% of the function's own imports moved together by %+.0f %%"
                + " while the runtime's frozen and built-in modules did not",
            direction,
            100 * broad.ownShare(),
            100 * Math.expm1(broad.ownShift())));
    if (profile.after.kind().startsWith("python")) {
      notes.add(
          broad.ownShift() > 0
              ? "modules were compiled at import: look for missing or stale .pyc files"
              : "compiled modules (.pyc) are back");
    }
  }

  private void explainHost(List<String> notes) {
    if (broad.ofHost(thresholds)) {
      notes.add(
          String.format(
              Locale.ROOT,
              "hosts ran everything %.0f %% %s, the runtime's own modules too; this part is not the"
                  + " code's",
              100 * Math.abs(Math.expm1(broad.hostShift())),
              broad.hostShift() > 0 ? "slower" : "faster"));
    }
  }

  private List<Suspect> everything(Interval change) {
    return List.of(
        new Suspect(
            "(every import)",
            "package",
            change.estimate() > 0 ? Change.SLOWER : Change.FASTER,
            change.estimate(),
            change.estimate(),
            List.of(),
            1,
            broad.ownP()));
  }

  private List<Suspect> suspects(Interval change) {
    List<Suspect> suspects = blame.suspects(change.estimate() * 1000);
    for (int[] pause : units.pauses.moves) {
      suspects.add(pause(pause[0], pause[1]));
    }
    suspects.addAll(
        new FirstImporters(structure, shifts, thresholds.floor(baselineMs) * 1000).suspects());
    return suspects;
  }

  private Suspect pause(int up, int down) {
    double selfMs = (shifts.shift(up) + shifts.shift(down)) / 1000;
    return new Suspect(
        profile.name[down] + " → " + profile.name[up],
        "pause",
        Change.MOVED,
        selfMs,
        selfMs,
        structure.chain(up),
        0,
        Math.max(units.p[up], units.p[down]));
  }

  /**
   * Cost that changed place. Pauses that strike imports all the time, as on disturbed hosts, are no
   * pause of the program's that moved.
   */
  private double movedMicros() {
    double most = new FirstImporters(structure, shifts, floorMs * 1000).largest();
    if (reference.support.isDisturbed()) {
      return most;
    }
    for (int[] pause : units.pauses.moves) {
      boolean ofRuntime = profile.ofRuntime[pause[0]] || profile.ofRuntime[pause[1]];
      most = ofRuntime ? most : Math.max(most, shifts.shift(pause[0]));
    }
    return most;
  }

  private double phaseMovedMs() {
    double sum = 0;
    for (int j = 0; j < profile.columns; j++) {
      sum += structure.movedPhase(j) ? shifts.shift(j) : 0;
    }
    return sum / 1000;
  }

  private int[] everyColumn() {
    return java.util.stream.IntStream.range(0, profile.columns).toArray();
  }

  private int[] attributedColumns() {
    int[] columns = new int[profile.columns];
    int count = 0;
    for (int j = 0; j < columns.length; j++) {
      if (blame.attributed[j]) {
        columns[count++] = j;
      }
    }
    return java.util.Arrays.copyOf(columns, count);
  }

  /** Starts needed after the deployment for an interval as narrow as the floor. */
  private int needed() {
    if (net.within(2 * floorMs) || Double.isNaN(net.halfWidth())) {
      return profile.runsAfter() >= thresholds.minTraced() ? 0 : thresholds.minTraced();
    }
    double ratio = net.halfWidth() / floorMs;
    return (int) Math.min(100_000, Math.ceil(profile.runsAfter() * ratio * ratio));
  }

  private double normalisedPct() {
    double variance = shifts.variance(shifts.totals, shifts.mean(shifts.totals, false), false);
    return 100 * Math.sqrt(variance) / 1000 / baselineMs;
  }

  private static String ms(double value) {
    return String.format(Locale.ROOT, "%.1f ms", value);
  }
}
