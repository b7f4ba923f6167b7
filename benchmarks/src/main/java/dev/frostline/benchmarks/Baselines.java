package dev.frostline.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;

/**
 * What a team would use today: rules on Init Duration alone. Each says whether it raises an alarm
 * for "slower".
 */
final class Baselines {
  private static final double SIGNIFICANT = 0.01;

  private Baselines() {}

  static Map<String, BiPredicate<double[], double[]>> all() {
    Map<String, BiPredicate<double[], double[]>> rules = new LinkedHashMap<>();
    rules.put("Welch 0.01", Baselines::welch);
    rules.put("Mann-Whitney 0.01, 5 %", Baselines::mannWhitney);
    rules.put("median ratio 1.10", (before, after) -> median(after) > 1.10 * median(before));
    rules.put("Kayenta-like", Baselines::kayenta);
    return rules;
  }

  private static boolean welch(double[] before, double[] after) {
    return TTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .test(after, before)
            .getPValue()
        < SIGNIFICANT / 2;
  }

  private static boolean mannWhitney(double[] before, double[] after) {
    return p(before, after) < SIGNIFICANT && median(after) > 1.05 * median(before);
  }

  /**
   * The interval of the shift must clear a quarter of its own estimate, as in Kayenta's classifier
   * at 98 %.
   */
  private static boolean kayenta(double[] before, double[] after) {
    double[] shifts = new double[before.length * after.length];
    int next = 0;
    for (double a : after) {
      for (double b : before) {
        shifts[next++] = a - b;
      }
    }
    Arrays.sort(shifts);
    int n = before.length;
    int m = after.length;
    double spread = 2.3263 * Math.sqrt(n * m * (n + m + 1) / 12.0);
    int at = (int) Math.max(0, Math.floor(n * m / 2.0 - spread));
    double estimate = median(shifts);
    return estimate > 0 && shifts[at] > 0.25 * estimate;
  }

  private static double p(double[] before, double[] after) {
    return MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .with(PValueMethod.ASYMPTOTIC)
            .test(after, before)
            .getPValue()
        * 2;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
