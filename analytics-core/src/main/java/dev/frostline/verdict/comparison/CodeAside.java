package dev.frostline.verdict.comparison;

import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Structure;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.hosts.InternalStandard;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Thresholds;
import dev.frostline.verdict.statistics.TwoSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a deployment changed in code beside another memory size, architecture or layer. Times of
 * what stayed cannot be compared then, but which imports came and went can: they are costed at the
 * speed of the side before, told by all imports that stayed.
 */
final class CodeAside {
  private final Profile profile;
  private final Structure structure;
  private final Thresholds thresholds;
  private final double[][] micros;
  private final double[] even;

  CodeAside(Profile profile, Thresholds thresholds) {
    this.profile = profile;
    this.thresholds = thresholds;
    structure = new Structure(profile, thresholds);
    micros = atSpeedBefore();
    even = new double[profile.runs];
    for (int run = 0; run < even.length; run++) {
      even[run] = 1.0 / (profile.isAfter(run) ? profile.runsAfter() : profile.runsBefore);
    }
  }

  /**
   * The finding with both parts where imports that came and went clear the floor, else as it was.
   */
  Finding beside(Finding configuration) {
    int[] changed =
        IntStream.range(0, profile.columns)
            .filter(j -> structure.changed(j) && !profile.ofRuntime[j])
            .toArray();
    TwoSample code = shift(changed);
    Interval sure = code.interval(thresholds.verdictConfidence()).inMillis();
    if (changed.length == 0
        || !(sure.above(configuration.floorMs()) || sure.below(configuration.floorMs()))) {
      return configuration;
    }
    Interval change = code.interval(thresholds.confidence()).inMillis();
    List<String> notes = new ArrayList<>();
    notes.add("imports that came and went: " + words(change) + " at the speed before");
    notes.add("everything else, with the configuration: " + words(rest(change)));
    notes.addAll(configuration.notes());
    List<Suspect> suspects = suspects(changed, change.estimate(), code.p());
    return new Finding(
        Verdict.MIXED,
        change,
        code.p(),
        configuration.floorMs(),
        0,
        Double.NaN,
        suspects,
        suspects,
        0,
        notes);
  }

  private double[][] atSpeedBefore() {
    InternalStandard standard = new InternalStandard(profile);
    double[] speeds = standard.speeds(standard.all());
    double[][] result = new double[profile.runs][profile.columns];
    for (int run = 0; run < profile.runs; run++) {
      for (int j = 0; j < profile.columns; j++) {
        result[run][j] = profile.self[run][j] * Math.exp(-speeds[run]);
      }
    }
    return result;
  }

  private TwoSample shift(int[] columns) {
    double[] sums = new double[profile.runs];
    for (int run = 0; run < sums.length; run++) {
      for (int column : columns) {
        sums[run] += micros[run][column];
      }
    }
    return TwoSample.of(sums, even, profile.runsBefore);
  }

  /** Change of Init Duration that the code does not make up, with the doubt of both. */
  private Interval rest(Interval code) {
    double[] inits = new double[profile.runs];
    for (int run = 0; run < inits.length; run++) {
      inits[run] = profile.start(run).initMs();
    }
    Interval whole =
        TwoSample.of(inits, even, profile.runsBefore).interval(thresholds.confidence());
    return Interval.of(
        whole.estimate() - code.estimate(), Math.hypot(whole.halfWidth(), code.halfWidth()));
  }

  private List<Suspect> suspects(int[] changed, double changeMs, double p) {
    Map<String, List<Integer>> owners = new TreeMap<>();
    for (int column : changed) {
      owners.computeIfAbsent(structure.owner[column], key -> new ArrayList<>()).add(column);
    }
    List<Suspect> suspects = new ArrayList<>();
    owners.forEach(
        (owner, columns) -> {
          int[] own = columns.stream().mapToInt(Integer::intValue).toArray();
          double ms = shift(own).difference() / 1000;
          Change word = ms > 0 ? Change.NEW : Change.GONE;
          List<String> chain = structure.chain(structure.root(own[0]));
          if (Math.abs(ms) >= thresholds.unitFloorMs()) {
            suspects.add(new Suspect(owner, "package", word, ms, ms, chain, ms / changeMs, p));
          }
        });
    suspects.sort(
        Comparator.comparingDouble((Suspect suspect) -> -Math.abs(suspect.cumulativeChangeMs()))
            .thenComparing(Suspect::name));
    return suspects;
  }

  private static String words(Interval interval) {
    return String.format(
        Locale.ROOT, "%+.1f ms [%.1f, %.1f]", interval.estimate(), interval.low(), interval.high());
  }
}
