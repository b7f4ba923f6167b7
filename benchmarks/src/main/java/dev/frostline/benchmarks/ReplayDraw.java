package dev.frostline.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The starts of a deployment that never happened, none of them on both sides. */
record ReplayDraw(List<StartPool.Start> before, List<StartPool.Start> after) {
  /** Share of cold hosts before the deployment. */
  private static final double COLD_BEFORE = 0.2;

  /** What came in the order of time, cut at a random place. */
  static ReplayDraw inTime(StartPool pool, int before, int after, Random random) {
    int first = random.nextInt(pool.starts.size() - before - after + 1);
    int cut = first + before;
    return new ReplayDraw(pool.starts.subList(first, cut), pool.starts.subList(cut, cut + after));
  }

  /** A fifth of cold hosts before, the share asked for after. */
  static ReplayDraw atRandom(
      StartPool pool, int before, int after, double coldShare, Random random) {
    List<StartPool.Start> cold = new ArrayList<>();
    List<StartPool.Start> other = new ArrayList<>();
    pool.starts.forEach(start -> (start.state().equals("cold") ? cold : other).add(start));
    Collections.shuffle(cold, random);
    Collections.shuffle(other, random);
    List<StartPool.Start> later = take(cold, other, after, coldShare, random);
    return new ReplayDraw(take(cold, other, before, COLD_BEFORE, random), later);
  }

  private static List<StartPool.Start> take(
      List<StartPool.Start> cold,
      List<StartPool.Start> other,
      int count,
      double coldShare,
      Random random) {
    List<StartPool.Start> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean wantsCold = random.nextDouble() < coldShare;
      List<StartPool.Start> from = (wantsCold && !cold.isEmpty()) || other.isEmpty() ? cold : other;
      taken.add(from.remove(from.size() - 1));
    }
    return taken;
  }
}
