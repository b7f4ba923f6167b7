package dev.frostline.verdict.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RobustTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void weightedQuantile_isThatOfTheSortedValues() {
    assertAsSorted(value -> value);
  }

  @Test
  void weightedQuantile_ofEqualValues_isThatOfTheSortedValues() {
    assertAsSorted(value -> Math.floor(8 * value));
    assertAsSorted(value -> 0.3);
  }

  @Test
  void weightedQuantile_ofValuesOfVeryDifferentSize_isThatOfTheSortedValues() {
    assertAsSorted(value -> Math.exp(80 * value - 40));
    assertAsSorted(value -> value < 0.02 ? -1e9 : value);
    assertAsSorted(value -> value * Double.MIN_NORMAL);
  }

  private void assertAsSorted(DoubleUnaryOperator distribution) {
    for (int size = 1; size < 400; size += 1 + size / 20) {
      double[] values = random.doubles(size).map(distribution).toArray();
      double[] weights = random.doubles(size).map(one -> one < 0.2 ? 0 : one).toArray();
      double[] even = new double[size];
      Arrays.fill(even, 1.0 / size);
      for (double share : new double[] {0.4, 0.5, 0.75}) {
        assertEquals(
            sorted(values, weights, share), Robust.weightedQuantile(values, weights, share));
        assertEquals(sorted(values, even, share), Robust.weightedQuantile(values, even, share));
      }
    }
  }

  private static double sorted(double[] values, double[] weights, double share) {
    double wanted = share * Arrays.stream(weights).sum() * (1 - 1e-12);
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double reached = 0;
    int at = -1;
    do {
      reached += weights[order[++at]];
    } while (reached < wanted);
    return values[order[at]];
  }
}
