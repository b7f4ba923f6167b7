package dev.frostline.benchmarks;

import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.history.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * As many cold starts of one code as a life needs, made from its real ones. Each is a real start
 * whose imports are, at the toss of a coin, those of another that took about as long, at the speed
 * of the first: host states, spread and tails of every import are real, and no two starts equal.
 * Starts of one day share a host speed, as they do in AWS.
 */
final class LifeStarts {
  /** Day to day, log (lambda-perf). */
  private static final double DAY_SPEED = 0.043;

  private static final int STARTS_A_DAY = 10;
  private static final long MICROS_BETWEEN = 86_400_000_000L / STARTS_A_DAY;

  /** Share of starts on disturbed hosts. */
  private static final double DISTURBED = 0.1;

  private static final int NEAREST = 6;
  private static final Configuration SAME =
      new Configuration("python3.11", "python:3.11.v1", "x86_64", 1769, null, "on-demand");

  private final List<TimedStart> quiet;
  private final List<TimedStart> noisy;
  private final Deployment of;
  private final Random random;
  private long made;
  private double daySpeed;

  /**
   * @param quiet real starts of the code on quiet hosts
   * @param noisy the same on disturbed ones
   */
  LifeStarts(Deployment of, List<TimedStart> quiet, List<TimedStart> noisy, long seed) {
    this.of = of;
    this.quiet = byInit(quiet);
    this.noisy = byInit(noisy);
    random = new Random(seed);
  }

  private static List<TimedStart> byInit(List<TimedStart> starts) {
    List<TimedStart> sorted = new ArrayList<>(starts);
    sorted.sort(Comparator.comparingDouble(TimedStart::initMs));
    return sorted;
  }

  /** Sum of the imports of the usual quiet start. */
  double usualMicros() {
    TimedStart middle = quiet.get(quiet.size() / 2);
    return Arrays.stream(middle.trace().selfMicros).sum();
  }

  /** An import of the function's own code, or of a library, at random. */
  int ownImport(java.util.function.IntPredicate isOwn) {
    int[] names = quiet.get(0).trace().name;
    while (true) {
      int name = names[random.nextInt(names.length)];
      if (isOwn.test(name)) {
        return name;
      }
    }
  }

  /** The next so many starts; what is added to one import scales with the host's speed. */
  Deployment next(String identity, int count, int slowed, double addedMicros) {
    List<TimedStart> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (made % STARTS_A_DAY == 0) {
        daySpeed = DAY_SPEED * random.nextGaussian();
      }
      starts.add(start(slowed, addedMicros));
      made++;
    }
    return of.named(identity).with(starts);
  }

  ImportNames names() {
    return of.names();
  }

  private TimedStart start(int slowed, double addedMicros) {
    List<TimedStart> pool = random.nextDouble() < DISTURBED && !noisy.isEmpty() ? noisy : quiet;
    int at = random.nextInt(pool.size());
    int near = Math.min(Math.max(at - NEAREST / 2, 0), pool.size() - NEAREST - 1);
    TimedStart one = pool.get(at);
    TimedStart other = pool.get(near + random.nextInt(NEAREST + 1));
    Map<Integer, Long> others = new HashMap<>();
    for (int row = 0; row < other.trace().size(); row++) {
      others.putIfAbsent(other.trace().name[row], other.trace().selfMicros[row]);
    }
    double ratio = Math.exp(daySpeed);
    double otherRatio = ratio * speed(one.trace(), others);
    long[] self = one.trace().selfMicros.clone();
    double sum = 0;
    double real = 0;
    for (int row = 0; row < self.length; row++) {
      Long drawn = random.nextBoolean() ? others.get(one.trace().name[row]) : null;
      real += self[row];
      self[row] = Math.round(drawn == null ? self[row] * ratio : drawn * otherRatio);
      sum += self[row];
    }
    double added = addedMicros * real * ratio / usualMicros();
    for (int row = 0; row < self.length && addedMicros > 0; row++) {
      if (one.trace().name[row] == slowed) {
        self[row] += Math.round(added);
        sum += added;
        break;
      }
    }
    double init = (one.initMs() - real / 1000) * ratio + sum / 1000;
    Trace trace = new Trace(one.trace().name, self, one.trace().parent, one.trace().invokePhase);
    return new TimedStart(made, made * MICROS_BETWEEN, init, SAME, null, trace);
  }

  /** How much longer a start took than another, by the import in the middle. */
  private static double speed(Trace one, Map<Integer, Long> others) {
    double[] ratios = new double[one.size()];
    int count = 0;
    for (int row = 0; row < one.size(); row++) {
      Long other = others.get(one.name[row]);
      if (other != null && other > 0 && one.selfMicros[row] > 0) {
        ratios[count++] = (double) one.selfMicros[row] / other;
      }
    }
    Arrays.sort(ratios, 0, count);
    return count == 0 ? 1 : ratios[count / 2];
  }
}
