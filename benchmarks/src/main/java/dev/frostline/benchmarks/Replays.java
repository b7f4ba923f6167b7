package dev.frostline.benchmarks;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.history.Trace;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Deployments that changed nothing, and deployments with a known cost added to one import, drawn
 * from real starts. What changes between the sides is the share of cold-cache hosts, or the time.
 */
final class Replays {
  private static final Configuration SAME =
      new Configuration("python3.11", "python:3.11.v1", "x86_64", 1769, null, "on-demand");

  /** In the fleet one of so many deployments changed something. */
  private static final int CHANGED_OF = 10;

  /** Where costs are added: packages of the programs, whatever of them a program has. */
  private static final Set<String> PACKAGES =
      Set.of(
          "boto3",
          "botocore",
          "s3transfer",
          "urllib3",
          "requests",
          "jinja2",
          "pydantic",
          "flask",
          "werkzeug",
          "sqlalchemy",
          "charset_normalizer",
          "idna",
          "click",
          "dateutil",
          "jmespath",
          "pandas",
          "numpy",
          "scipy",
          "sympy",
          "mpmath",
          "networkx",
          "yaml",
          "django",
          "fastapi",
          "starlette",
          "httpx",
          "anyio");

  /**
   * How the starts after the deployment are drawn: share of cold hosts, or NaN for the true order
   * of time.
   */
  private record Scenario(String name, double coldShare) {}

  /** What one replay came to. */
  private record Outcome(Comparison comparison, String target, Map<String, Boolean> baselines) {}

  /** Starts after a deployment that the targets speak of. */
  private static final int TYPICAL = 12;

  private static final List<Scenario> SCENARIOS =
      List.of(
          new Scenario("20 %", 0.2),
          new Scenario("50 %", 0.5),
          new Scenario("80 %", 0.8),
          new Scenario("time", Double.NaN));

  private final List<StartPool> pools;
  private final int before;
  private final int replays;
  private final int[] startsAfter;
  private final long seed;
  private final PrintStream out;

  /**
   * Options are {@code --before}, {@code --after} (0: 8, 12 and 20), {@code --replays} and {@code
   * --seed}.
   */
  Replays(List<StartPool> pools, Map<String, Long> options, PrintStream out) {
    this.pools = pools;
    before = Math.toIntExact(options.getOrDefault("--before", 0L));
    int after = Math.toIntExact(options.getOrDefault("--after", 0L));
    startsAfter = after > 0 ? new int[] {after} : new int[] {8, TYPICAL, 20};
    replays = Math.toIntExact(options.getOrDefault("--replays", 0L));
    seed = options.getOrDefault("--seed", 0L);
    this.out = out;
  }

  void run() {
    out.printf(
        Locale.ROOT, "%n## Replays of real starts: %d a cell, %d starts before%n", replays, before);
    out.println(
        "| cold share after | starts after | cost added | slower | faster | moved, broad | insufficient | blamed first | "
            + String.join(" | ", Baselines.all().keySet())
            + " |");
    out.println("|---|---|---|---|---|---|---|---|" + "---|".repeat(Baselines.all().size()));
    for (Scenario scenario : SCENARIOS) {
      for (int starts : startsAfter) {
        cell(scenario, starts, 0);
      }
      cell(scenario, TYPICAL, 0.03);
      cell(scenario, TYPICAL, 0.05);
    }
    fleet();
  }

  /**
   * One answer over a fleet in which a tenth of the deployments cost 5 % more, hosts drawn anew for
   * each.
   */
  private void fleet() {
    List<Outcome> outcomes =
        IntStream.range(0, replays)
            .parallel()
            .mapToObj(
                i ->
                    replay(
                        SCENARIOS.get(i / CHANGED_OF % 2),
                        TYPICAL,
                        i % CHANGED_OF == 0 ? 0.05 : 0,
                        i))
            .toList();
    int called = 0;
    int truly = 0;
    for (int i = 0; i < replays; i++) {
      boolean finding =
          outcomes.get(i).comparison().verdict() == Verdict.SLOWER
              || outcomes.get(i).comparison().verdict() == Verdict.FASTER;
      called += finding ? 1 : 0;
      truly += finding && i % CHANGED_OF == 0 ? 1 : 0;
    }
    int changed = (replays + CHANGED_OF - 1) / CHANGED_OF;
    out.printf(
        Locale.ROOT,
        "Fleet of %d deployments, %d of them +5 %%: %d called, false %.2f %%, recall %.1f %%%n",
        replays,
        changed,
        called,
        called == 0 ? 0 : 100.0 * (called - truly) / called,
        100.0 * truly / changed);
  }

  private void cell(Scenario scenario, int starts, double added) {
    List<Outcome> outcomes =
        IntStream.range(0, replays)
            .parallel()
            .mapToObj(i -> replay(scenario, starts, added, i))
            .toList();
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    Map<String, Integer> alarms = new LinkedHashMap<>();
    int blamed = 0;
    int suspected = 0;
    for (Outcome outcome : outcomes) {
      verdicts.merge(outcome.comparison().verdict(), 1, Integer::sum);
      outcome.baselines().forEach((rule, alarm) -> alarms.merge(rule, alarm ? 1 : 0, Integer::sum));
      boolean slower = outcome.comparison().verdict() == Verdict.SLOWER;
      suspected += slower ? 1 : 0;
      blamed += slower && blames(outcome) ? 1 : 0;
    }
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s | %s | %s | %s | %s |",
            scenario.name(),
            starts,
            added == 0 ? "none" : String.format(Locale.ROOT, "+%.0f %%", 100 * added),
            share(verdicts.getOrDefault(Verdict.SLOWER, 0)),
            share(verdicts.getOrDefault(Verdict.FASTER, 0)),
            share(
                verdicts.getOrDefault(Verdict.MOVED, 0) + verdicts.getOrDefault(Verdict.BROAD, 0)),
            share(verdicts.getOrDefault(Verdict.INSUFFICIENT, 0)),
            added == 0 || suspected == 0
                ? ""
                : String.format(Locale.ROOT, "%.1f %%", 100.0 * blamed / suspected)));
    alarms.values().forEach(count -> line.append(' ').append(share(count)).append(" |"));
    out.println(line);
  }

  private String share(int count) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * count / replays);
  }

  private static boolean blames(Outcome outcome) {
    return !outcome.comparison().suspects().isEmpty()
        && (outcome.comparison().suspects().get(0).name().equals(outcome.target())
            || outcome.target().startsWith(outcome.comparison().suspects().get(0).name() + "."));
  }

  private Outcome replay(Scenario scenario, int starts, double added, int number) {
    Random random = new Random(31L * number + starts + 1_000_003L * seed);
    StartPool pool = pools.get(number % pools.size());
    ReplayDraw drawn =
        Double.isNaN(scenario.coldShare())
            ? ReplayDraw.inTime(pool, before, starts, random)
            : ReplayDraw.atRandom(pool, before, starts, scenario.coldShare(), random);
    int target = target(pool, drawn.after().get(0), random);
    double baseline =
        pool.starts.stream()
            .mapToDouble(StartPool.Start::totalMicros)
            .sorted()
            .skip(pool.starts.size() / 2)
            .findFirst()
            .orElse(0);
    ImportNames names = new ImportNames();
    pool.names.forEach(names::id);
    Deployment first = deployment(pool, "1", names, drawn.before(), -1, 0, baseline);
    Deployment second =
        deployment(pool, "2", names, drawn.after(), target, added * baseline, baseline);
    Map<String, Boolean> alarms = new LinkedHashMap<>();
    for (Map.Entry<String, BiPredicate<double[], double[]>> rule : Baselines.all().entrySet()) {
      alarms.put(rule.getKey(), rule.getValue().test(inits(first), inits(second)));
    }
    return new Outcome(
        new Verdicts(Thresholds.DEFAULT).compare(first, second), pool.names.get(target), alarms);
  }

  /** An import below a package that a deployment can change. */
  private static int target(StartPool pool, StartPool.Start start, Random random) {
    while (true) {
      int name = start.name()[random.nextInt(start.name().length)];
      String text = pool.names.get(name);
      int dot = text.indexOf('.');
      if (dot > 0 && PACKAGES.contains(text.substring(0, dot))) {
        return name;
      }
    }
  }

  private static double[] inits(Deployment deployment) {
    return deployment.starts().stream().mapToDouble(TimedStart::initMs).toArray();
  }

  /** The added cost scales with how fast the host was, as a real cost would. */
  private static Deployment deployment(
      StartPool pool,
      String version,
      ImportNames names,
      List<StartPool.Start> starts,
      int target,
      double micros,
      double baseline) {
    List<TimedStart> timed = new ArrayList<>();
    for (StartPool.Start start : starts) {
      long[] self = start.selfMicros().clone();
      double speed = start.totalMicros() / baseline;
      for (int row = 0; row < self.length && micros > 0; row++) {
        if (start.name()[row] == target) {
          self[row] += Math.round(micros * speed);
          break;
        }
      }
      double init = start.initMs() + micros * speed / 1000;
      Trace trace = new Trace(start.name(), self, start.parent(), new boolean[self.length]);
      timed.add(
          new TimedStart(
              start.number(), start.number() * 1_200_000_000L, init, SAME, start.host(), trace));
    }
    return new Deployment("replay", "local", pool.program, version, "python module", names, timed);
  }
}
