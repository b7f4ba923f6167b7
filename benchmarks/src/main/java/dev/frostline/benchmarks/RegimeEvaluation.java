package dev.frostline.benchmarks;

import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every pair of host states of one program, the same code and slowed code, judged in one process.
 * Deployments are named {@code base-STATE} and {@code slow-STATE}; the same code must never be
 * slower, faster or moved, and slowed code is the guilty import's doing or nobody's. Arguments: a
 * folder of payloads, the function, the guilty import, then {@code stripped} to forget what the end
 * line said of the host, {@code all} to print every answer.
 */
public final class RegimeEvaluation {
  private static final String BASE = "base-";
  private static final String SLOW = "slow-";

  /**
   * What the pairs came to.
   *
   * @param called pairs of the same code that were called slower, faster or moved
   * @param blamed pairs with slowed code whose sure verdict names another import first
   * @param found pairs with slowed code in the same state that were found
   * @param lines one line for each wrong answer, or for each answer
   */
  public record Result(
      int called, int same, int blamed, int slowed, int found, int states, List<String> lines) {}

  private final String function;
  private final String guilty;
  private final boolean all;

  private RegimeEvaluation(String function, String guilty, boolean all) {
    this.function = function;
    this.guilty = guilty;
    this.all = all;
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<String> options = List.of(arguments).subList(3, arguments.length);
    Result result =
        run(
            Path.of(arguments[0]),
            arguments[1],
            arguments[2],
            options.contains("stripped"),
            options.contains("all"));
    result.lines().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "same code: %d of %d called; slowed code: %d of %d wrongly blamed, found in the same state"
            + " %d of %d%n",
        result.called(),
        result.same(),
        result.blamed(),
        result.slowed(),
        result.found(),
        result.states());
  }

  /** Reads a folder of payloads and judges all pairs. */
  public static Result run(
      Path folder, String function, String guilty, boolean stripped, boolean all)
      throws IOException, SQLException {
    try (WorkFolder work = WorkFolder.make("regimes");
        Store store = Store.open(work.path().resolve("store.duckdb"))) {
      ingest(folder, store);
      if (stripped) {
        strip(store.connection());
      }
      return new RegimeEvaluation(function, guilty, all).judge(store.connection());
    }
  }

  private static void ingest(Path folder, Store store) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".ndjson.gz")).sorted().toList()) {
        try (Ingestion ingestion = store.ingest("file", file.toString())) {
          LineTally tally = new LogFile(file, Origin.ofRegion("eu-west-1")).read(ingestion::add);
          ingestion.commit(tally.received(), tally.notOursEvents(), tally.rejects());
        }
      }
    }
  }

  private static void strip(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE cold_start SET major_faults = NULL, blocks_read = NULL, voluntary_switches ="
              + " NULL, involuntary_switches = NULL, user_cpu_us = NULL, system_cpu_us = NULL");
    }
  }

  private Result judge(Connection connection) throws SQLException {
    Set<String> deployments = deployments(connection);
    List<String> states =
        deployments.stream()
            .filter(name -> name.startsWith(BASE))
            .map(name -> name.substring(BASE.length()))
            .toList();
    List<String> lines = new ArrayList<>();
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    int called = 0;
    int blamed = 0;
    int found = 0;
    for (String before : states) {
      for (String after : states) {
        if (!before.equals(after)) {
          Comparison same = explain(connection, BASE + before, BASE + after);
          verdicts.merge(same.verdict(), 1, Integer::sum);
          called += isSure(same) ? 1 : 0;
          print(lines, isSure(same), "false", same);
        }
        if (!deployments.contains(SLOW + after)) {
          continue;
        }
        Comparison slowed = explain(connection, BASE + before, SLOW + after);
        boolean named = names(slowed);
        blamed += isSure(slowed) && !named ? 1 : 0;
        boolean slower = slowed.verdict() == Verdict.SLOWER && named;
        found += before.equals(after) && slower ? 1 : 0;
        boolean missed = before.equals(after) && !slower;
        boolean wrong = isSure(slowed) && !named;
        print(lines, wrong || missed, wrong ? "wrong" : "missed", slowed);
      }
    }
    lines.add("verdicts on the same code: " + verdicts);
    int count = states.size();
    return new Result(called, count * (count - 1), blamed, count * count, found, count, lines);
  }

  private static Set<String> deployments(Connection connection) throws SQLException {
    Set<String> deployments = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        java.sql.ResultSet rows =
            statement.executeQuery("SELECT DISTINCT deployment FROM cold_start")) {
      while (rows.next()) {
        deployments.add(rows.getString(1));
      }
    }
    return deployments;
  }

  private Comparison explain(Connection connection, String before, String after)
      throws SQLException {
    Query query = new Query(null, null, function, null, null, true);
    return new Judge(Thresholds.DEFAULT)
        .explain(new StoredHistories(connection), query, before, after);
  }

  private boolean names(Comparison comparison) {
    if (comparison.suspects().isEmpty()) {
      return false;
    }
    String first = comparison.suspects().get(0).name();
    return first.equals(guilty) || topOf(first).equals(topOf(guilty));
  }

  private static String topOf(String name) {
    return name.split("\\.", -1)[0];
  }

  private static boolean isSure(Comparison comparison) {
    return switch (comparison.verdict()) {
      case SLOWER, FASTER, MOVED, MIXED -> true;
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, CONFIGURATION, PLATFORM, BROAD, HOST -> false;
    };
  }

  private void print(List<String> lines, boolean wrong, String word, Comparison comparison) {
    if (!wrong && !all) {
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%-6s %-12s %-12s %-12s %+8.1f [%.1f, %.1f]  %s  %s",
            wrong ? word : "",
            comparison.before().deployment(),
            comparison.after().deployment(),
            comparison.verdict().word(),
            comparison.changeMs().estimate(),
            comparison.changeMs().low(),
            comparison.changeMs().high(),
            comparison.suspects().isEmpty() ? "-" : comparison.suspects().get(0).name(),
            String.join("; ", comparison.notes())));
  }
}
