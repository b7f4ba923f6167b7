package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.Delivery;
import dev.frostline.policy.Promise;
import dev.frostline.verdict.MadeHistories.Served;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.PairedShift;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Promises made on one machine and held against deployments on other hosts, with known truth. */
final class PromisesKeptTest {
  private static final int PROMISES = 200;
  private static final int DAYS = 12;

  /** A module of so many ms in the function, tried on a machine of that speed. */
  private record Made(Promise promise, double truthMs) {}

  @Test
  void promises_holdWhatIsDelivered() {
    MadeHistories histories = new MadeHistories(22);
    Random random = new Random(22);
    List<Made> made = new ArrayList<>();
    for (int i = 0; i < PROMISES; i++) {
      made.add(made(histories.function("f" + i), random));
    }
    List<Comparison> judged =
        new Judge(Thresholds.DEFAULT).answer(histories, Query.ALL).comparisons();
    int kept = 0;
    int holdTruth = 0;
    int holdEstimate = 0;
    for (Made one : made) {
      Delivery delivery = Delivery.of(one.promise(), judged);
      Interval promised = one.promise().promisedMs();
      kept += delivery.state() == Delivery.State.KEPT ? 1 : 0;
      holdTruth += holds(promised, -one.truthMs()) ? 1 : 0;
      holdEstimate += holds(promised, delivery.deliveredMs().estimate()) ? 1 : 0;
    }
    String counts = "kept " + kept + ", truth " + holdTruth + ", delivered " + holdEstimate;
    assertTrue(Math.min(kept, Math.min(holdTruth, holdEstimate)) >= 0.95 * PROMISES, counts);
  }

  @Test
  void halfOfWhatWasPromised_isToldToFallShort() {
    MadeHistories histories = new MadeHistories(7);
    Served served = histories.function("f");
    Made made = made(served, new Random(7));
    Promise twice =
        new Promise(
            1,
            "1",
            "eu-west-1",
            "f",
            "pandas deferred",
            "42",
            made.promise().measuredMs(),
            2 * made.promise().scale(),
            Double.NaN,
            "ann",
            Instant.EPOCH);
    List<Comparison> judged =
        new Judge(Thresholds.DEFAULT).answer(histories, Query.ALL).comparisons();
    assertEquals(Delivery.State.FELL_SHORT, Delivery.of(twice, judged).state());
    assertEquals(Delivery.State.NOT_DEPLOYED, Delivery.of(twice, List.of()).state());
  }

  private static Made made(Served served, Random random) {
    double ms = 5 + 195 * random.nextDouble();
    served.startsADay = 3;
    served.add("pandas", ms).days(DAYS);
    double code = served.importsMs() + served.outsideMs;
    served.add("pandas", -ms);
    served.version = "42";
    served.days(DAYS);
    double speed = Math.exp(0.35 * random.nextGaussian());
    Interval measured = measured(ms / speed, code / speed, random);
    double scale = speed * Math.exp(0.01 * random.nextGaussian());
    Promise promise =
        new Promise(
            1,
            "1",
            "eu-west-1",
            served.name,
            "pandas deferred",
            null,
            measured,
            scale,
            Double.NaN,
            "ann",
            Instant.EPOCH.plus(DAYS, ChronoUnit.DAYS).minusSeconds(1));
    return new Made(promise, ms);
  }

  /** Twenty pairs of runs, each with noise of 3 % of init. */
  private static Interval measured(double savesMs, double initMs, Random random) {
    double[] shifts = new double[20];
    for (int i = 0; i < shifts.length; i++) {
      double before = initMs * Math.exp(0.03 * random.nextGaussian());
      double after = (initMs - savesMs) * Math.exp(0.03 * random.nextGaussian());
      shifts[i] = after - before;
    }
    Interval interval = PairedShift.of(shifts);
    return interval.wider(Math.max(1, 0.01 * Math.abs(interval.estimate())));
  }

  private static boolean holds(Interval interval, double ms) {
    return interval.low() <= ms && ms <= interval.high();
  }
}
