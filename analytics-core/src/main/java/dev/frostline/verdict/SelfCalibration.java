package dev.frostline.verdict;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Plays deployments that never happened on a function's own history, to measure how often its
 * verdicts would cry wolf. Half of the replays keep the order of time, half draw at random; seeds
 * are fixed.
 */
public final class SelfCalibration {
  private static final long SEED = 0x5265706c6179L;
  private static final double TOLERATED = 0.01;

  /**
   * What the replays came to.
   *
   * @param replays how many there were
   * @param falseAlarms those called slower or faster
   * @param floorMs floor that would have kept alarms at one in a hundred; the usual one when they
   *     are fewer
   */
  public record Result(int replays, int falseAlarms, double floorMs) {
    public double rate() {
      return replays == 0 ? Double.NaN : (double) falseAlarms / replays;
    }
  }

  /** What a deployment of a day or two has. */
  private static final int USUAL_NEW_STARTS = 12;

  private final Thresholds thresholds;

  public SelfCalibration(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Replays with as many starts after as the history can spare: a dozen of traced ones, a third of
   * the others, which are compared by days.
   */
  public Result replay(Deployment history, int replays) {
    List<TimedStart> traced = history.starts().stream().filter(TimedStart::traced).toList();
    boolean enough = traced.size() >= USUAL_NEW_STARTS + thresholds.minTraced();
    return enough
        ? replay(
            history.with(
                traced.subList(Math.max(0, traced.size() - thresholds.poolSize()), traced.size())),
            USUAL_NEW_STARTS,
            replays)
        : replay(
            history, Math.max(thresholds.minRawStarts(), history.starts().size() / 3), replays);
  }

  /** Replays on the starts of one deployment, {@code newStarts} of which play the side after. */
  public Result replay(Deployment history, int newStarts, int replays) {
    if (history.starts().size() < newStarts + thresholds.minTraced()) {
      return new Result(0, 0, thresholds.floorMs());
    }
    List<Comparison> played =
        IntStream.range(0, replays).parallel().mapToObj(i -> play(history, newStarts, i)).toList();
    int alarms = 0;
    double floor = 0;
    double[] sizes = new double[replays];
    for (int i = 0; i < replays; i++) {
      Comparison comparison = played.get(i);
      boolean alarm =
          comparison.verdict() == Verdict.SLOWER || comparison.verdict() == Verdict.FASTER;
      alarms += alarm ? 1 : 0;
      sizes[i] = alarm ? Math.abs(comparison.changeMs().estimate()) : 0;
      floor = Math.max(floor, comparison.floorMs());
    }
    Arrays.sort(sizes);
    boolean tooMany = alarms > TOLERATED * replays;
    double observed = sizes[(int) Math.ceil((1 - TOLERATED) * replays) - 1];
    return new Result(replays, alarms, tooMany ? Math.max(floor, observed) : floor);
  }

  private Comparison play(Deployment history, int newStarts, int number) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    List<TimedStart> starts = new ArrayList<>(history.starts());
    if (number % 2 == 0) {
      for (int i = starts.size() - 1; i > 0; i--) {
        starts.set(i, starts.set(random.nextInt(i + 1), starts.get(i)));
      }
      return compare(history, starts, starts.size() - newStarts, starts.size());
    }
    int least = Math.max(thresholds.minTraced(), newStarts);
    int cut = least + random.nextInt(Math.max(1, starts.size() - newStarts - least + 1));
    return compare(
        history,
        starts,
        Math.min(cut, starts.size() - newStarts),
        Math.min(starts.size(), cut + newStarts));
  }

  private Comparison compare(Deployment history, List<TimedStart> starts, int cut, int end) {
    return new Verdicts(thresholds)
        .compare(history.with(starts.subList(0, cut)), history.with(starts.subList(cut, end)));
  }
}
