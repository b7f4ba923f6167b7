package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Logs of real cold starts of deployments whose change is known, read by the real reader into a
 * store of their own.
 */
final class LambdaPython {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final PrintStream out;

  LambdaPython(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  void run() throws IOException, SQLException {
    Map<String, JsonNode> truth = truth();
    for (String regime : List.of("quiet", "noisy")) {
      try (WorkFolder work = WorkFolder.make("evaluation");
          Store store = Store.open(work.path().resolve("store.duckdb"))) {
        ingest(store, regime);
        List<Comparison> comparisons =
            new Judge(Thresholds.DEFAULT)
                .compare(new StoredHistories(store.connection()), Query.ALL);
        print(regime, comparisons, truth, inits(store));
      }
    }
  }

  private Map<String, JsonNode> truth() throws IOException {
    Map<String, JsonNode> truth = new HashMap<>();
    try (Stream<Path> functions = Files.list(folder)) {
      for (Path function :
          functions.filter(path -> Files.exists(path.resolve("truth.json"))).sorted().toList()) {
        for (JsonNode deployment :
            JSON.readTree(function.resolve("truth.json").toFile()).get("deployments")) {
          truth.put(function.getFileName() + " " + deployment.get("version").asText(), deployment);
        }
      }
    }
    return truth;
  }

  void ingest(Store store, String regime) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(
                  path ->
                      path.toString().contains("/" + regime + "/")
                          && path.toString().endsWith(".gz"))
              .sorted()
              .toList()) {
        try (Ingestion ingestion = store.ingest("file", file.toString())) {
          LineTally tally = new LogFile(file, Origin.ofRegion("eu-west-1")).read(ingestion::add);
          ingestion.commit(tally.received(), tally.notOursEvents(), tally.rejects());
        }
      }
    }
  }

  private static Map<String, double[]> inits(Store store) throws SQLException {
    Map<String, List<Double>> lists = new HashMap<>();
    try (java.sql.Statement statement = store.connection().createStatement();
        java.sql.ResultSet rows =
            statement.executeQuery(
                "SELECT function || ' ' || deployment, init_ms FROM cold_start WHERE init_ms IS NOT NULL")) {
      while (rows.next()) {
        lists.computeIfAbsent(rows.getString(1), key -> new ArrayList<>()).add(rows.getDouble(2));
      }
    }
    Map<String, double[]> inits = new HashMap<>();
    lists.forEach(
        (key, list) -> inits.put(key, list.stream().mapToDouble(Double::doubleValue).toArray()));
    return inits;
  }

  private void print(
      String regime,
      List<Comparison> comparisons,
      Map<String, JsonNode> truth,
      Map<String, double[]> inits) {
    out.printf("%n## %s: %d deployments%n", regime, comparisons.size());
    out.println(
        "| deployment | what changed | quiet medians ms | verdict | change ms | first suspects | baselines that call it slower |");
    out.println("|---|---|---|---|---|---|---|");
    int falseAlarms = 0;
    int nulls = 0;
    TruthScore score = new TruthScore();
    for (Comparison comparison : comparisons) {
      String key = comparison.function() + " " + comparison.after().deployment();
      JsonNode deployment = truth.get(key);
      String change = deployment == null ? "?" : deployment.get("change").asText();
      boolean isNull = change.contains("(null)") || change.startsWith("busy loop of 0 ms");
      nulls += isNull ? 1 : 0;
      falseAlarms += isNull && comparison.verdict().isFinding() ? 1 : 0;
      if (deployment != null) {
        score.add(key, deployment, comparison);
      }
      JsonNode delta =
          deployment == null ? null : deployment.path("quiet").path("delta_median_vs_prev_ms");
      String before = comparison.function() + " " + comparison.before().deployment();
      out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %s | %s |%n",
          key,
          change,
          delta == null ? "" : delta.asText(),
          comparison.verdict().word(),
          change(comparison),
          suspects(comparison),
          alarms(
              inits.getOrDefault(before, new double[0]), inits.getOrDefault(key, new double[0])));
    }
    out.printf("False alarms on deployments that changed nothing: %d of %d%n", falseAlarms, nulls);
    score.print(out);
  }

  private static String change(Comparison comparison) {
    if (comparison.verdict() == Verdict.CONFIGURATION) {
      return String.format(Locale.ROOT, "%.1f", comparison.changeMs().estimate());
    }
    return String.format(
        Locale.ROOT,
        "%.1f [%.1f, %.1f]",
        comparison.changeMs().estimate(),
        comparison.changeMs().low(),
        comparison.changeMs().high());
  }

  private static String suspects(Comparison comparison) {
    List<String> names = new ArrayList<>();
    for (Suspect suspect :
        comparison.suspects().subList(0, Math.min(3, comparison.suspects().size()))) {
      names.add(
          String.format(
              Locale.ROOT,
              "%s %s %+.1f",
              suspect.name(),
              suspect.change().word(),
              suspect.cumulativeChangeMs()));
    }
    return String.join("; ", names);
  }

  private static String alarms(double[] before, double[] after) {
    List<String> rules = new ArrayList<>();
    if (before.length > 1 && after.length > 1) {
      Baselines.all()
          .forEach(
              (name, rule) -> {
                if (rule.test(before, after)) {
                  rules.add(name);
                }
              });
    }
    return String.join("; ", rules);
  }
}
