package dev.frostline.verdict.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PairedShiftTest {
  @Test
  void interval_holdsTheTruth_ninetyNineTimesOfAHundred_withOddRunsToo() {
    assertHolds(20, 0.05);
  }

  @Test
  void intervalOfFewPairs_isWider_andHoldsTheTruthAsOften() {
    assertHolds(5, 0);
    double[] five = {-61, -60, -59, -60, -60};
    assertTrue(PairedShift.of(five).halfWidth() > 1, PairedShift.of(five).toString());
  }

  private static void assertHolds(int pairs, double oddShare) {
    Random random = new Random(1);
    int held = 0;
    for (int time = 0; time < 2000; time++) {
      double[] differences = new double[pairs];
      for (int i = 0; i < differences.length; i++) {
        double odd = random.nextDouble() < oddShare ? 30 * random.nextGaussian() : 0;
        differences[i] = -60 + 2 * random.nextGaussian() + odd;
      }
      Interval interval = PairedShift.of(differences);
      held += interval.low() <= -60 && -60 <= interval.high() ? 1 : 0;
    }
    assertTrue(held >= 1970, held + " of 2000");
  }

  @Test
  void oneOddRun_movesLittle() {
    double[] differences = {-5, -5, -5, -5, -5, -5, -5, -5, -5, 400};
    assertEquals(-5, PairedShift.of(differences).estimate());
  }

  @Test
  void noPairs_tellNothing() {
    assertTrue(Double.isNaN(PairedShift.of(new double[0]).estimate()));
  }
}
