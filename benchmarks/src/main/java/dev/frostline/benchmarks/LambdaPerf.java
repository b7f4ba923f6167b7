package dev.frostline.benchmarks;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.fleet.Fleet;
import dev.frostline.verdict.fleet.Traits;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Daily cold starts of hello-world functions in AWS, without traces: week against week, and with a
 * cost added.
 */
final class LambdaPerf {
  private static final Configuration SAME =
      new Configuration(null, null, null, null, null, "on-demand");
  private static final long DAY = 86_400_000_000L;

  /** What each function has in common with others. */
  private final Map<String, Traits> traits = new TreeMap<>();

  /** One function by day. */
  private final Map<String, TreeMap<Long, double[]>> series = new TreeMap<>();

  /** Days on which a function's code changed, or a script saw its level shift. */
  private final Map<String, TreeSet<Long>> changes = new TreeMap<>();

  /** Days on which a runtime's benchmark was deployed. */
  private final Map<String, TreeSet<Long>> deployments = new TreeMap<>();

  private final Path folder;
  private final PrintStream out;

  LambdaPerf(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  void run() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files
              .filter(path -> path.getFileName().toString().startsWith("daily_"))
              .sorted()
              .toList()) {
        readDays(file);
      }
    }
    readChanges("code_changes.csv", 0, 2);
    readChanges("level_shifts_weak_labels.csv", 1, 0);
    out.printf("%n## Week against week, %d functions without traces%n", series.size());
    out.println("| added | comparisons | found slower | false or found by rule |");
    out.println("|---|---|---|---|");
    long first = series.values().stream().mapToLong(TreeMap::firstKey).min().orElse(0);
    long last = series.values().stream().mapToLong(TreeMap::lastKey).max().orElse(0);
    long middle = first + (last - first) / 14 * 7;
    for (double factor : new double[] {1.0, 1.1, 1.2}) {
      cell("", factor, first, last);
      cell(", first half", factor, first, middle);
      cell(", second half", factor, middle, last);
    }
    LambdaPerfEvents events = new LambdaPerfEvents(out);
    events.known(folder, this::around);
    for (long day = first + 7; day + 7 <= last; day += 7) {
      events.week(withoutDeployment(day));
    }
    events.printShifts();
  }

  private Deployment around(String name, long day) {
    return deployment(
        name,
        "$LATEST",
        series.getOrDefault(name, new TreeMap<>()),
        day - LambdaPerfEvents.DAYS_AROUND,
        day + LambdaPerfEvents.DAYS_AROUND,
        1);
  }

  /** One week against the week before where no code changed, by runtime, as the fleet sees it. */
  private Map<String, List<Comparison>> withoutDeployment(long day) {
    List<Comparison> week = new ArrayList<>();
    for (Map.Entry<String, TreeMap<Long, double[]>> entry : series.entrySet()) {
      TreeSet<Long> deployed = deployments.getOrDefault(runtime(entry.getKey()), new TreeSet<>());
      if (deployed.subSet(day - 10, day + 10).isEmpty()) {
        addWeek(entry.getKey(), entry.getValue(), day, 1, week, new LinkedHashMap<>());
      }
    }
    Map<String, List<Comparison>> byRuntime = new TreeMap<>();
    for (Comparison comparison : Fleet.withPlatform(week, this::traits)) {
      byRuntime.computeIfAbsent(runtime(comparison), key -> new ArrayList<>()).add(comparison);
    }
    return byRuntime;
  }

  /** One line of the table: the weeks between two days. */
  private void cell(String part, double factor, long first, long last) {
    Map<String, Integer> rules = new LinkedHashMap<>();
    int compared = 0;
    int weeks = 0;
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    for (long day = first + 7; day + 7 <= last; day += 7) {
      List<Comparison> week = new ArrayList<>();
      for (Map.Entry<String, TreeMap<Long, double[]>> entry : series.entrySet()) {
        if (calm(entry.getKey(), day)) {
          addWeek(entry.getKey(), entry.getValue(), day, factor, week, rules);
        }
      }
      weeks += week.isEmpty() ? 0 : 1;
      compared += week.size();
      for (Comparison comparison : factor > 1 ? week : Fleet.withPlatform(week, this::traits)) {
        verdicts.merge(comparison.verdict(), 1, Integer::sum);
      }
    }
    int slower = verdicts.getOrDefault(Verdict.SLOWER, 0);
    out.printf(
        Locale.ROOT,
        "| %+.0f %%%s | %d in %d weeks | %d = %.2f %%, %.2f a fleet-week | %s | %s |%n",
        100 * (factor - 1),
        part,
        compared,
        weeks,
        slower,
        100.0 * slower / compared,
        (double) slower / weeks,
        rules,
        verdicts);
  }

  private void addWeek(
      String name,
      NavigableMap<Long, double[]> days,
      long day,
      double factor,
      List<Comparison> week,
      Map<String, Integer> rules) {
    Deployment before = deployment(name, "before", days, day - 7, day, 1);
    Deployment after = deployment(name, "after", days, day, day + 7, factor);
    if (before.starts().size() < 40 || after.starts().size() < 40) {
      return;
    }
    week.add(new Verdicts(Thresholds.DEFAULT).compare(before, after));
    double[] a = before.starts().stream().mapToDouble(TimedStart::initMs).toArray();
    double[] b = after.starts().stream().mapToDouble(TimedStart::initMs).toArray();
    for (Map.Entry<String, BiPredicate<double[], double[]>> rule : Baselines.all().entrySet()) {
      rules.merge(rule.getKey(), rule.getValue().test(a, b) ? 1 : 0, Integer::sum);
    }
  }

  /** No known change within the two weeks and a few days around. */
  private boolean calm(String name, long day) {
    TreeSet<Long> known = changes.getOrDefault(name, new TreeSet<>());
    TreeSet<Long> family = changes.getOrDefault(runtime(name), new TreeSet<>());
    return known.subSet(day - 10, day + 10).isEmpty()
        && family.subSet(day - 10, day + 10).isEmpty();
  }

  /** The runtime of a series such as java8-512-arm64. */
  private static String runtime(String name) {
    int dash = name.indexOf('-');
    return dash < 0 ? name : name.substring(0, dash);
  }

  private static String runtime(Comparison comparison) {
    return runtime(comparison.function());
  }

  private Traits traits(Comparison comparison) {
    return Objects.requireNonNull(traits.get(comparison.function()));
  }

  /** As the platform tells of such a function: container images name no patch level. */
  private static Traits traits(String[] row) {
    String patch = row[4].equals("image") ? null : "v1";
    String arch = row[6].isEmpty() ? "x86_64" : row[6];
    String kind = row[2].contains("snapstart") ? "restore" : "on-demand";
    return Traits.of(
        "eu", new Configuration(runtime(row[2]), patch, arch, Integer.valueOf(row[5]), null, kind));
  }

  private static Deployment deployment(
      String name,
      String side,
      NavigableMap<Long, double[]> days,
      long from,
      long to,
      double factor) {
    List<TimedStart> starts = new ArrayList<>();
    days.subMap(from, to)
        .forEach(
            (day, values) -> {
              for (double value : values) {
                starts.add(
                    TimedStart.untraced(
                        starts.size(), day * DAY + starts.size(), value * factor, SAME));
              }
            });
    return new Deployment("public", "eu", name, side, "python module", new ImportNames(), starts);
  }

  private void readDays(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] row = line.split(",", -1);
        double[] values =
            Stream.of(row[8].trim().split(" "))
                .filter(text -> !text.isEmpty())
                .mapToDouble(Double::parseDouble)
                .filter(ms -> ms > 0)
                .toArray();
        traits.put(row[2], traits(row));
        series
            .computeIfAbsent(row[2], key -> new TreeMap<>())
            .put(LocalDate.parse(row[0]).toEpochDay(), values);
      }
    }
  }

  private void readChanges(String name, int dayColumn, int seriesColumn) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return;
    }
    boolean header = true;
    for (String line : Files.readAllLines(file)) {
      String[] row = line.split(",", -1);
      boolean[] skip = {header};
      header = false;
      int day = name.startsWith("code") ? 0 : dayColumn;
      if (!skip[0] && row.length > Math.max(day, seriesColumn) && row[day].length() >= 10) {
        if (name.startsWith("code")) {
          deployments
              .computeIfAbsent(row[seriesColumn], key -> new TreeSet<>())
              .add(LocalDate.parse(row[day].substring(0, 10)).toEpochDay());
        }
        changes
            .computeIfAbsent(row[seriesColumn], key -> new TreeSet<>())
            .add(LocalDate.parse(row[day].substring(0, 10)).toEpochDay());
      }
    }
  }
}
