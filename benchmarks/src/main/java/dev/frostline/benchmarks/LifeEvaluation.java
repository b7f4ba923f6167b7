package dev.frostline.benchmarks;

import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.Imports;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.history.Trace;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whole lives of deployments: the verdict is asked anew after every cold start from the 5th to the
 * 200th, as it is after each sync, and a life is called falsely when any of these answers is.
 * Arguments: a folder in the shape of lambda-python, then {@code --lives N}, {@code --added
 * PERCENT}, {@code --seed N}, {@code --every 1} to spare no look.
 *
 * <p>To be cheap, each program is cut to the {@value #IMPORTS} imports it spends most time on, and
 * after the 40th start looks are a tenth of the starts apart; those between are asked as well where
 * the 99 % interval excludes zero at either end of the gap, since a verdict takes that the 99.9 %
 * interval excludes the floor.
 */
public final class LifeEvaluation {
  private static final int FIRST_LOOK = 5;
  private static final int LAST_LOOK = 200;
  private static final int DENSE_UNTIL = 40;
  private static final double STRIDE = 0.1;
  private static final int IMPORTS = 120;

  /** Cold starts of the deployment before. */
  private static final int[] BEFORE = {12, 25, 60};

  /** Functions of lambda-python, each with two deployments of the same code. */
  private static final Map<String, String[]> SAME_CODE =
      new TreeMap<>(
          Map.of(
              "checkout-api", new String[] {"1", "2"},
              "django-shop", new String[] {"3", "4"},
              "inject-leaf", new String[] {"1", "2"},
              "thumbnail-worker", new String[] {"4", "6"}));

  private static final int NEVER = Integer.MAX_VALUE;

  /**
   * What the lives came to.
   *
   * @param looks times a verdict was asked for
   * @param called lives that were ever called
   * @param guilty called lives whose first suspect is what was slowed
   * @param median start at which half of the lives were called
   */
  public record Result(
      int lives,
      int looks,
      int called,
      Map<String, Integer> verdicts,
      int guilty,
      int median,
      int ninetieth) {}

  /** One code's real starts. */
  record Pool(Deployment of, List<TimedStart> quiet, List<TimedStart> noisy) {
    /** An endless row of starts made from these. */
    LifeStarts starts(long seed) {
      return new LifeStarts(of, quiet, noisy, seed);
    }

    boolean isOwn(int name) {
      String text = of.names().name(name);
      return text.contains(".") && !Imports.ofRuntime(of.kind(), text);
    }
  }

  /** How a life went: the first look at which it was called, or 0, and what it was called. */
  private record Life(int firstCall, Verdict verdict, boolean namesGuilty) {}

  private final boolean every;
  private int looks;

  private LifeEvaluation(boolean every) {
    this.every = every;
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Map<String, Long> options =
        new HashMap<>(Map.of("--lives", 2000L, "--added", 0L, "--seed", 0L, "--every", 0L));
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      options.replace(arguments[i], Long.parseLong(arguments[i + 1]));
    }
    long added = options.getOrDefault("--added", 0L);
    Result result =
        run(
            Path.of(arguments[0]),
            Math.toIntExact(options.getOrDefault("--lives", 0L)),
            added / 100.0,
            options.getOrDefault("--seed", 0L),
            options.getOrDefault("--every", 0L) > 0);
    out.printf(
        "+%d %%: %d lives, %d looks: %d ever called %s, guilty first %d; first call at start %s"
            + " (median), %s (90th)%n",
        added,
        result.lives(),
        result.looks(),
        result.called(),
        result.verdicts(),
        result.guilty(),
        word(result.median()),
        word(result.ninetieth()));
  }

  static List<Pool> pools(Path folder) throws IOException, SQLException {
    Map<String, ImportNames> names = new HashMap<>();
    Map<String, Set<Integer>> costliest = new HashMap<>();
    Map<String, List<TimedStart>> noisy = new HashMap<>();
    read(folder, "noisy", names, costliest)
        .forEach((function, deployment) -> noisy.put(function, deployment.starts()));
    List<Pool> pools = new ArrayList<>();
    read(folder, "quiet", names, costliest)
        .forEach(
            (function, deployment) ->
                pools.add(
                    new Pool(
                        deployment, deployment.starts(), noisy.getOrDefault(function, List.of()))));
    return pools;
  }

  private static Map<String, Deployment> read(
      Path folder,
      String regime,
      Map<String, ImportNames> names,
      Map<String, Set<Integer>> costliest)
      throws IOException, SQLException {
    Map<String, Deployment> read = new TreeMap<>();
    try (WorkFolder work = WorkFolder.make("lives");
        Store store = Store.open(work.path().resolve("store.duckdb"))) {
      for (Map.Entry<String, String[]> code : SAME_CODE.entrySet()) {
        for (String version : code.getValue()) {
          ingest(folder.resolve(code.getKey()).resolve(regime).resolve("v" + version), store);
        }
      }
      StoredHistories histories = new StoredHistories(store.connection());
      for (FunctionHistory history : histories.functions(FunctionScope.ALL)) {
        String[] versions = SAME_CODE.get(history.function);
        if (versions != null) {
          ImportNames own = names.computeIfAbsent(history.function, key -> new ImportNames());
          Deployment first = deployment(histories, history, versions[0], own);
          List<TimedStart> all = new ArrayList<>(first.starts());
          all.addAll(deployment(histories, history, versions[1], own).starts());
          all.removeIf(start -> !start.traced());
          Set<Integer> kept =
              costliest.computeIfAbsent(history.function, key -> costliest(all, own.size()));
          read.put(
              history.function, first.with(all.stream().map(start -> cut(start, kept)).toList()));
        }
      }
    }
    return read;
  }

  private static void ingest(Path version, Store store) throws IOException {
    Path file = version.resolveSibling(version.getFileName() + ".ndjson.gz");
    try (Ingestion ingestion = store.ingest("file", file.toString())) {
      LineTally tally = new LogFile(file, Origin.ofRegion("eu-west-1")).read(ingestion::add);
      ingestion.commit(tally.received(), tally.notOursEvents(), tally.rejects());
    }
  }

  private static Set<Integer> costliest(List<TimedStart> starts, int names) {
    long[] micros = new long[names];
    for (TimedStart start : starts) {
      for (int row = 0; row < start.trace().size(); row++) {
        micros[start.trace().name[row]] += start.trace().selfMicros[row];
      }
    }
    return IntStream.range(0, names)
        .boxed()
        .sorted(Comparator.comparingLong(name -> -micros[name]))
        .limit(IMPORTS)
        .collect(Collectors.toSet());
  }

  private static TimedStart cut(TimedStart start, Set<Integer> kept) {
    int[] rows =
        IntStream.range(0, start.trace().size())
            .filter(
                row -> kept.contains(start.trace().name[row]) && !start.trace().invokePhase[row])
            .toArray();
    int[] parent = new int[rows.length];
    Arrays.fill(parent, -1);
    Trace trace =
        new Trace(
            IntStream.of(rows).map(row -> start.trace().name[row]).toArray(),
            IntStream.of(rows).mapToLong(row -> start.trace().selfMicros[row]).toArray(),
            parent,
            new boolean[rows.length]);
    double init = 30 + Arrays.stream(trace.selfMicros).sum() / 1000.0;
    return new TimedStart(
        start.id(), start.startedAtMicros(), init, start.configuration(), start.host(), trace);
  }

  private static Deployment deployment(
      StoredHistories histories, FunctionHistory history, String version, ImportNames names) {
    int position = history.position(version);
    return history.deployment(
        position,
        histories.traces(history.wanted(position, Thresholds.DEFAULT)),
        names,
        Thresholds.DEFAULT);
  }

  /** Lives of each program in turn; {@code share} is what the deployment adds to init. */
  public static Result run(Path folder, int lives, double share, long seed, boolean every)
      throws IOException, SQLException {
    return new LifeEvaluation(every).run(pools(folder), lives, share, seed);
  }

  private Result run(List<Pool> pools, int lives, double share, long seed) {
    Map<String, Integer> verdicts = new TreeMap<>();
    int[] firstCalls = new int[lives];
    int called = 0;
    int guilty = 0;
    for (int i = 0; i < lives; i++) {
      Life life = life(pools.get(i % pools.size()), BEFORE[i % BEFORE.length], share, seed + i);
      boolean isCalled = life.firstCall() > 0;
      firstCalls[i] = isCalled ? life.firstCall() : NEVER;
      called += isCalled ? 1 : 0;
      guilty += life.namesGuilty() ? 1 : 0;
      if (isCalled) {
        verdicts.merge(life.verdict().word(), 1, Integer::sum);
      }
    }
    Arrays.sort(firstCalls);
    return new Result(
        lives, looks, called, verdicts, guilty, firstCalls[lives / 2], firstCalls[9 * lives / 10]);
  }

  private static String word(int look) {
    return look == NEVER ? "never" : Integer.toString(look);
  }

  private Life life(Pool pool, int before, double share, long seed) {
    LifeStarts starts = pool.starts(seed);
    int target = starts.ownImport(pool::isOwn);
    Deployment first = starts.next("1", before, target, 0);
    Deployment second = starts.next("2", LAST_LOOK, target, share * starts.usualMicros());
    String guilty = starts.names().name(target);
    int asked = FIRST_LOOK - 1;
    boolean near = false;
    for (int n = FIRST_LOOK; n <= LAST_LOOK; n = next(n)) {
      Comparison last = ask(first, second, n);
      boolean nearNow = excludesNothing(last);
      for (int between = asked + 1; (near || nearNow) && between < n; between++) {
        Life life = called(ask(first, second, between), between, guilty, share);
        if (life.firstCall() > 0) {
          return life;
        }
      }
      Life life = called(last, n, guilty, share);
      if (life.firstCall() > 0) {
        return life;
      }
      asked = n;
      near = nearNow;
    }
    return new Life(0, Verdict.UNCHANGED, false);
  }

  private int next(int look) {
    int step = every || look < DENSE_UNTIL ? 1 : (int) (STRIDE * look);
    return look == LAST_LOOK ? LAST_LOOK + 1 : Math.min(LAST_LOOK, look + step);
  }

  private Comparison ask(Deployment before, Deployment after, int starts) {
    looks++;
    return new Verdicts(Thresholds.DEFAULT)
        .compare(before, after.with(after.starts().subList(0, starts)));
  }

  /** Whether a verdict may be near: zero lies outside the interval, or an import is suspected. */
  private static boolean excludesNothing(Comparison comparison) {
    return comparison.changeMs().above(0)
        || comparison.changeMs().below(0)
        || !comparison.suspects().isEmpty();
  }

  /** With code that changed, only the right call counts. */
  private static Life called(Comparison comparison, int look, String guilty, double share) {
    boolean isCall =
        switch (comparison.verdict()) {
          case SLOWER -> true;
          case FASTER, MOVED, MIXED -> share == 0;
          case UNCHANGED, NOT_SHOWN, INSUFFICIENT, CONFIGURATION, PLATFORM, BROAD, HOST -> false;
        };
    boolean named =
        !comparison.suspects().isEmpty()
            && (comparison.suspects().get(0).name().equals(guilty)
                || guilty.startsWith(comparison.suspects().get(0).name() + "."));
    return new Life(isCall ? look : 0, comparison.verdict(), named);
  }
}
