package dev.frostline.verdict.fleet;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What only shows when many functions are looked at together. */
public final class Fleet {
  /** So many functions of one runtime make a crowd. */
  private static final int LEAST_FUNCTIONS = 5;

  /** This share of a crowd moving the same way is no accident of their code. */
  private static final double CROWD = 0.5;

  /** A function has moved with the crowd at a p value that alone would prove nothing. */
  private static final double WEAK = 0.1;

  private Fleet() {}

  /**
   * Comparisons over the same stretch of time, none of which has a deployment in it: where most
   * functions of a group (a runtime, say) moved the same way, the platform moved them.
   */
  public static List<Comparison> withPlatform(
      List<Comparison> comparisons, Function<Comparison, String> group) {
    Map<String, int[]> crowds = new HashMap<>();
    for (Comparison comparison : comparisons) {
      int[] counts = crowds.computeIfAbsent(group.apply(comparison), key -> new int[3]);
      counts[0]++;
      counts[1] += moved(comparison, 1) ? 1 : 0;
      counts[2] += moved(comparison, -1) ? 1 : 0;
    }
    List<Comparison> judged = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      int[] counts = crowds.getOrDefault(group.apply(comparison), new int[3]);
      boolean slower = comparison.verdict() == Verdict.SLOWER && isCrowd(counts[1], counts[0]);
      boolean faster = comparison.verdict() == Verdict.FASTER && isCrowd(counts[2], counts[0]);
      judged.add(
          slower || faster
              ? comparison.withVerdict(
                  Verdict.PLATFORM,
                  "most functions of "
                      + group.apply(comparison)
                      + " moved the same way at the same time")
              : comparison);
    }
    return judged;
  }

  private static boolean moved(Comparison comparison, int sign) {
    return comparison.p() <= WEAK && comparison.changeMs().estimate() * sign > 0;
  }

  static boolean isCrowd(int moved, int all) {
    return all >= LEAST_FUNCTIONS && moved >= CROWD * all;
  }
}
