package dev.frostline.verdict.comparison;

import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Structure;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Robust;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The finding where hosts of the two sides are in different states: no time of what stayed can be
 * compared, but what came and what went is known, and costs what it takes on the side that has it.
 */
final class HostsApart {
  private final Profile profile;
  private final Structure structure;
  private final Thresholds thresholds;

  HostsApart(Profile profile, Structure structure, Thresholds thresholds) {
    this.profile = profile;
    this.structure = structure;
    this.thresholds = thresholds;
  }

  /** Numbers are shown, no import that stayed is blamed. */
  Finding finding(double floorMs, String why) {
    double measured =
        UntracedComparison.medianMs(profile.startsAfter)
            - UntracedComparison.medianMs(profile.startsBefore);
    List<Suspect> suspects = suspects();
    return new Finding(
        Verdict.HOST,
        new Interval(measured, Double.NaN, Double.NaN),
        Double.NaN,
        floorMs,
        0,
        Double.NaN,
        suspects,
        suspects,
        Double.NaN,
        List.of(why));
  }

  private List<Suspect> suspects() {
    Map<String, List<Integer>> owners = new TreeMap<>();
    for (int column = 0; column < profile.columns; column++) {
      if (structure.changed(column) && !profile.ofRuntime[column]) {
        owners
            .computeIfAbsent(structure.owner[column], key -> new ArrayList<>())
            .add(structure.went(column) ? ~column : column);
      }
    }
    List<Suspect> suspects = new ArrayList<>();
    owners.forEach(
        (owner, columns) -> {
          double ms = columns.stream().mapToDouble(this::costMs).sum();
          int first = columns.get(0) < 0 ? ~columns.get(0) : columns.get(0);
          if (Math.abs(ms) >= thresholds.unitFloorMs()) {
            suspects.add(suspect(owner, ms, structure.chain(structure.root(first))));
          }
        });
    suspects.sort(
        Comparator.comparingDouble((Suspect suspect) -> -Math.abs(suspect.cumulativeChangeMs()))
            .thenComparing(Suspect::name));
    return suspects;
  }

  /** Middle cost of a column on the side that has it; minus where it went. */
  private double costMs(int signed) {
    boolean went = signed < 0;
    int column = went ? ~signed : signed;
    int from = went ? 0 : profile.runsBefore;
    int to = went ? profile.runsBefore : profile.runs;
    double[] micros = new double[to - from];
    for (int run = from; run < to; run++) {
      micros[run - from] = profile.self[run][column];
    }
    return (went ? -1 : 1) * Robust.median(micros) / 1000;
  }

  private static Suspect suspect(String owner, double ms, List<String> chain) {
    Change change = ms > 0 ? Change.NEW : Change.GONE;
    return new Suspect(owner, "package", change, ms, ms, chain, 0, Double.NaN);
  }
}
