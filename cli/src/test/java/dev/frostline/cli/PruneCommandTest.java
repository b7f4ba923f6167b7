package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Histories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Thresholds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old days are thinned out, and verdicts stay what they were. */
final class PruneCommandTest {
  private static final List<String> FUNCTIONS = List.of("checkout-api", "inject-leaf");

  @TempDir static Path whole = Path.of(".");
  @TempDir Path folder = Path.of(".");
  private Path store = Path.of(".");

  @BeforeAll
  static void ingest() {
    for (String function : FUNCTIONS) {
      String logs = Cli.shared("lambda-python/" + function + "/quiet");
      Cli cli = Cli.run("ingest", logs, "--db", whole.resolve("store.duckdb").toString());
      assertEquals(0, cli.exitCode(), cli.err());
    }
  }

  @BeforeEach
  void copy() throws Exception {
    store = Files.copy(whole.resolve("store.duckdb"), folder.resolve("store.duckdb"));
  }

  /**
   * Judged anew from what is left, the change that was measured with everything lies in the
   * interval of what is measured now.
   */
  @Test
  void verdictsFromTheSample_areThoseFromEverything_withinTheirIntervals() throws Exception {
    Map<String, Comparison> whole = judgedAnew();
    long timings = count("SELECT count(*) FROM import_timing");
    prune(5);
    assertTrue(count("SELECT count(*) FROM import_timing") < 0.7 * timings);
    Map<String, Comparison> sample = judgedAnew();
    assertEquals(whole.keySet(), sample.keySet());
    assertEquals(12, whole.size());
    whole.forEach(
        (name, before) -> {
          Comparison after = Objects.requireNonNull(sample.get(name));
          Interval then = before.changeMs();
          Interval now = after.changeMs();
          String told = name + ": " + then + ", then " + now;
          assertTrue(now.low() <= then.estimate() && then.estimate() <= now.high(), told);
          if (before.verdict().isFinding() && after.verdict().isFinding()) {
            assertEquals(before.verdict(), after.verdict(), told);
          }
        });
  }

  @Test
  void whatWasJudged_staysAsItWas_andNothingElseIsLost() throws Exception {
    JsonNode judged = run("regressions", "--all").json();
    JsonNode functions = run("functions").json();
    JsonNode ledger = run("doctor").json();
    long starts = count("SELECT sum(init_ms)::BIGINT FROM cold_start");
    prune(5);
    assertEquals(judged, run("regressions", "--all").json());
    assertEquals(functions, run("functions").json());
    assertEquals(ledger, run("doctor").json());
    assertEquals(starts, count("SELECT sum(init_ms)::BIGINT FROM cold_start"));
  }

  @Test
  void dryRun_saysWhatGoes_andTheNextRunFindsNothing() throws Exception {
    JsonNode planned = run("prune", "--raw-days", "7", "--daily-starts", "5", "--dry-run").json();
    long timings = count("SELECT count(*) FROM import_timing");
    JsonNode done = prune(5);
    for (String key : List.of("days", "cold_starts", "import_timings", "log_streams", "bytes")) {
      assertTrue(planned.path(key).longValue() > 0, planned.toString());
      assertEquals(planned.path(key), done.path(key), key);
    }
    assertEquals(
        timings - done.path("import_timings").longValue(),
        count("SELECT count(*) FROM import_timing"));
    assertEquals(0, prune(5).path("days").longValue());
    assertEquals(
        count("SELECT count(*) FROM import_timing"),
        count("SELECT sum(import_count) FROM cold_start"));
  }

  /** The same logs once more: which of their events were stored is not known, so none is. */
  @Test
  void lateDelivery_isCountedAndTold_andNeverDoubled() throws Exception {
    prune(5);
    String rows =
        "SELECT (count(*), sum(hash(cold_start)), (SELECT count(*) FROM import_timing))::VARCHAR"
            + " FROM cold_start";
    String before = text(rows);
    JsonNode late =
        run("ingest", Cli.shared("lambda-python/checkout-api/quiet/v3.ndjson.gz")).json();
    assertEquals(0, late.path("stored").longValue(), late.toString());
    assertTrue(
        late.toString().contains("of a log stream that retention has thinned out"),
        late.toString());
    assertEquals(before, text(rows));
    assertEquals(0, run("doctor").json().path("findings").size());
  }

  @Test
  void withoutARule_nothingGoes() {
    Cli cli = Cli.run("prune", "--db", store.toString());
    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains("[retention] raw-days = 90"), cli.err());
  }

  @Test
  void ruleOfTheSettings_applies_andItsFaultsAreTold() throws Exception {
    Path settings = folder.resolve("frostline.toml");
    Files.writeString(settings, "[retention]\nraw-days = 7\ndaily-starts = 5\n");
    JsonNode planned = run("prune", "--dry-run", "--config", settings.toString()).json();
    assertTrue(planned.path("import_timings").longValue() > 0);
    assertTrue(
        Cli.run("config", "--config", settings.toString())
            .out()
            .contains("raw-days = 7, daily-starts = 5"));
    for (String wrong :
        List.of("raw-days = 3", "raw-days = \"x\"", "days = 9", "daily-starts = 9")) {
      Files.writeString(settings, "[retention]\n" + wrong + "\n");
      Cli cli = Cli.run("prune", "--config", settings.toString(), "--db", store.toString());
      assertEquals(2, cli.exitCode(), wrong);
      assertTrue(cli.err().contains(settings + ":"), cli.err());
    }
  }

  private JsonNode prune(int starts) throws Exception {
    return run("prune", "--raw-days", "7", "--daily-starts", String.valueOf(starts)).json();
  }

  private Cli run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--db", store.toString(), "-o", "json"));
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertTrue(cli.exitCode() < 2, cli.err());
    return cli;
  }

  private Map<String, Comparison> judgedAnew() {
    Map<String, Comparison> judged = new TreeMap<>();
    try (Store opened = Store.openReadOnly(store)) {
      Histories stored = new StoredHistories(opened.connection());
      for (Comparison one :
          new Judge(Thresholds.DEFAULT).answer(new Unjudged(stored), Query.ALL).comparisons()) {
        judged.put(
            one.function() + " " + one.before().deployment() + ".." + one.after().deployment(),
            one);
      }
    }
    return judged;
  }

  /** The same histories, of which nothing was judged before. */
  private record Unjudged(Histories histories) implements Histories {
    @Override
    public List<FunctionHistory> functions(FunctionScope scope, Set<FunctionScope> without) {
      return histories.functions(scope, without);
    }

    @Override
    public Map<Long, Long> fingerprints(FunctionScope scope, Set<FunctionScope> without) {
      return histories.fingerprints(scope, without);
    }

    @Override
    public TraceBatch traces(List<StartRecord> starts) {
      return histories.traces(starts);
    }
  }

  private long count(String query) throws Exception {
    return Long.parseLong(text(query));
  }

  private String text(String query) throws Exception {
    try (Store opened = Store.openReadOnly(store);
        Statement statement = opened.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
