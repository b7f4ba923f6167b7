package dev.frostline.verdict.hosts;

import dev.frostline.verdict.history.HostLoad;
import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which cold starts have real likes on the other side. Weights can make hosts alike that are there
 * on both sides; where every start after ran on a host in a state that no start before was in there
 * is nothing to weigh, and what differs says nothing about code.
 */
public final class CommonSupport {
  /** Fewer starts of the other side than this are chance, no likes. */
  private static final int FEW = 3;

  /**
   * Hosts of one kind differ in speed by so much from day to day in AWS (log; lambda-perf, 90th
   * percentile of hello-world functions).
   */
  private static final double SPEED = 0.18;

  /** Undisturbed starts spread by less than 0.1, starts beside a busy neighbour begin at 0.2. */
  private static final double EXCESS = 0.18;

  /** Undisturbed starts have 0 to 2 % of imports interrupted, disturbed ones 5 to 30 %. */
  private static final double INTERRUPTED = 0.05;

  /** Undisturbed starts have 0 to 2 % of imports interrupted. */
  private static final double DISTURBED = 0.03;

  /** A way in which hosts differ. */
  private enum Measure {
    COLD_CACHE,
    SWITCHES,
    PREEMPTED,
    SPEED;

    private static final Measure[] ALL = values();
  }

  /** Whether a start counts. */
  final boolean[] counts;

  private final HostStates states;
  private final int runsBefore;
  private final double speedReach;
  private final double excessReach;
  private final double interruptedReach;

  CommonSupport(HostStates states, int runsBefore) {
    this.states = states;
    this.runsBefore = runsBefore;
    speedReach = reach(states.speed, SPEED);
    excessReach = reach(states.excess, EXCESS);
    interruptedReach = reach(states.interrupted, INTERRUPTED);
    counts = new boolean[states.speed.length];
    boolean isOneDisturbed = isOneDisturbed();
    for (int run = 0; run < counts.length; run++) {
      counts[run] = !isOneDisturbed && likes(run, Measure.ALL) >= Math.min(FEW, others(run));
    }
  }

  /** Whether both starts ran on hosts in the same state. */
  boolean alike(int a, int b) {
    return alike(a, b, Measure.ALL);
  }

  /** Whether the usual start of either side was interrupted all the time. */
  public boolean isDisturbed() {
    return Math.max(usuallyInterrupted(false), usuallyInterrupted(true)) >= DISTURBED;
  }

  /**
   * Whether one side was interrupted all the time and the other was not: three quarters of its
   * starts more than three quarters of the other's. Those of the disturbed side that look calm then
   * only do by chance: their short imports were spared, while long ones never are.
   */
  private boolean isOneDisturbed() {
    return isDisturbed()
        && (quartile(false, 1) > quartile(true, 3) || quartile(true, 1) > quartile(false, 3));
  }

  private double quartile(boolean after, int quarters) {
    int from = after ? runsBefore : 0;
    int to = after ? counts.length : runsBefore;
    double[] sorted = Robust.sorted(Arrays.copyOfRange(states.interrupted, from, to));
    return sorted[quarters * (sorted.length - 1) / 4];
  }

  private double usuallyInterrupted(boolean after) {
    return median(after, run -> states.interrupted[run]);
  }

  /** Whether every start counts. */
  public boolean isWhole() {
    return countOf(0, runsBefore) == runsBefore && countOf(runsBefore, counts.length) == others(0);
  }

  /** What sets the hosts of the two sides apart most, in words. */
  public String difference() {
    int after = counts.length - runsBefore;
    int withoutAfter = after - countOf(runsBefore, counts.length);
    int withoutBefore = runsBefore - countOf(0, runsBefore);
    boolean moreAfter = withoutAfter * runsBefore >= withoutBefore * after;
    String starts =
        moreAfter
            ? starts(withoutAfter, after, "after")
            : starts(withoutBefore, runsBefore, "before");
    return "the hosts were in another state " + starts + ": " + words(decisive());
  }

  private static String starts(int without, int all, String side) {
    return without == all
        ? "on all starts " + side
        : String.format(Locale.ROOT, "on %d of %d starts %s", without, all, side);
  }

  private Measure decisive() {
    if (isOneDisturbed()) {
      return Measure.PREEMPTED;
    }
    Measure decisive = Measure.SPEED;
    int fewest = Integer.MAX_VALUE;
    for (Measure measure : Measure.ALL) {
      int supported = 0;
      for (int run = 0; run < counts.length; run++) {
        supported += likes(run, measure) >= Math.min(FEW, others(run)) ? 1 : 0;
      }
      if (supported < fewest) {
        fewest = supported;
        decisive = measure;
      }
    }
    return decisive;
  }

  private String words(Measure measure) {
    return switch (measure) {
      case COLD_CACHE ->
          String.format(
              Locale.ROOT,
              "%,.0f blocks read and %,.0f major faults a start against %,.0f and %,.0f (page"
                  + " cache)",
              median(true, run -> blocks(states.load(run))),
              median(true, run -> faults(states.load(run))),
              median(false, run -> blocks(states.load(run))),
              median(false, run -> faults(states.load(run))));
      case SWITCHES ->
          String.format(
              Locale.ROOT,
              "%,.0f involuntary switches a start against %,.0f",
              median(true, run -> switches(states.load(run))),
              median(false, run -> switches(states.load(run))));
      case PREEMPTED -> preempted();
      case SPEED ->
          String.format(
              Locale.ROOT,
              "the runtime's own modules took %.2f times as long",
              Math.exp(
                  median(true, run -> states.speed[run])
                      - median(false, run -> states.speed[run])));
    };
  }

  /** By the share of modules that were interrupted, or where that is alike by what it cost. */
  private String preempted() {
    String after = percent(median(true, run -> states.interrupted[run]));
    String before = percent(median(false, run -> states.interrupted[run]));
    return after.equals(before)
        ? "interruptions made the runtime's own modules "
            + percent(Math.expm1(median(true, run -> states.excess[run])))
            + " longer in all against "
            + percent(Math.expm1(median(false, run -> states.excess[run])))
        : after + " of the runtime's own modules were interrupted in a start against " + before;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private int likes(int run, Measure... measures) {
    int from = run < runsBefore ? runsBefore : 0;
    int to = run < runsBefore ? counts.length : runsBefore;
    int likes = 0;
    for (int other = from; other < to; other++) {
      likes += alike(run, other, measures) ? 1 : 0;
    }
    return likes;
  }

  private boolean alike(int a, int b, Measure... measures) {
    for (Measure measure : measures) {
      if (!alike(a, b, measure)) {
        return false;
      }
    }
    return true;
  }

  private boolean alike(int a, int b, Measure measure) {
    return switch (measure) {
      case SPEED -> near(states.speed, a, b, speedReach);
      case PREEMPTED ->
          near(states.excess, a, b, excessReach)
              && near(states.interrupted, a, b, interruptedReach);
      case COLD_CACHE -> alikeInCache(states.load(a), states.load(b), states.sameImports);
      case SWITCHES -> alikeInSwitches(states.load(a), states.load(b));
    };
  }

  /** Where hosts of both sides spread further than usual, so do those of one state. */
  private double reach(double[] values, double usual) {
    return Math.max(
        usual, Math.min(spread(values, 0, runsBefore), spread(values, runsBefore, values.length)));
  }

  private static double spread(double[] values, int from, int to) {
    double[] side = Arrays.copyOfRange(values, from, to);
    return Robust.MAD_TO_SD * Robust.mad(side, Robust.median(side));
  }

  private static boolean near(double[] values, int a, int b, double reach) {
    return Math.abs(values[a] - values[b]) <= reach;
  }

  /** Unknown is like everything: only what was counted can tell hosts apart. */
  private static boolean alikeInCache(
      @Nullable HostLoad one, @Nullable HostLoad other, boolean sameImports) {
    return one == null || other == null || one.likeInCache(other, sameImports);
  }

  private static boolean alikeInSwitches(@Nullable HostLoad one, @Nullable HostLoad other) {
    return one == null || other == null || one.likeInSwitches(other);
  }

  private int others(int run) {
    return run < runsBefore ? counts.length - runsBefore : runsBefore;
  }

  private int countOf(int from, int to) {
    int count = 0;
    for (int run = from; run < to; run++) {
      count += counts[run] ? 1 : 0;
    }
    return count;
  }

  private double median(boolean after, java.util.function.IntToDoubleFunction value) {
    int from = after ? runsBefore : 0;
    int to = after ? counts.length : runsBefore;
    double[] values = new double[to - from];
    int known = 0;
    for (int run = from; run < to; run++) {
      double one = value.applyAsDouble(run);
      if (!Double.isNaN(one)) {
        values[known++] = one;
      }
    }
    return Robust.median(Arrays.copyOf(values, known));
  }

  private static double blocks(@Nullable HostLoad load) {
    return load == null ? Double.NaN : load.blocksRead();
  }

  private static double faults(@Nullable HostLoad load) {
    return load == null ? Double.NaN : load.majorFaults();
  }

  private static double switches(@Nullable HostLoad load) {
    return load == null ? Double.NaN : load.involuntarySwitches();
  }
}
