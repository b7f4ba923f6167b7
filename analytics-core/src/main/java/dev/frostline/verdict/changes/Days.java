package dev.frostline.verdict.changes;

import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.statistics.Robust;
import dev.frostline.verdict.statistics.SeriesCuts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number of each cold start by day: starts of one day move together, so levels are told from day
 * to day.
 */
final class Days {
  /** Position of each day's first start. */
  private final List<Integer> firstStart = new ArrayList<>();

  /** Each day's middle. */
  private final double[] level;

  /**
   * @param starts in the order of time
   * @param values one a start; NaN where it is not known
   */
  Days(List<TimedStart> starts, double[] values) {
    List<Double> middles = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= values.length; at++) {
      if (at == values.length || starts.get(at).day() != starts.get(from).day()) {
        double[] day =
            Arrays.stream(values, from, at).filter(value -> !Double.isNaN(value)).toArray();
        if (day.length > 0) {
          firstStart.add(from);
          middles.add(Robust.median(day));
        }
        from = at;
      }
    }
    level = middles.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Positions of starts with which the level changed, by at least so much. */
  List<Integer> cuts(double least) {
    List<Integer> days = SeriesCuts.of(level);
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      int from = i == 0 ? 0 : days.get(i - 1);
      int to = i + 1 < days.size() ? days.get(i + 1) : level.length;
      double before = Robust.median(Arrays.copyOfRange(level, from, days.get(i)));
      double after = Robust.median(Arrays.copyOfRange(level, days.get(i), to));
      if (Math.abs(after - before) >= least) {
        cuts.add(firstStart.get(days.get(i)));
      }
    }
    return cuts;
  }
}
