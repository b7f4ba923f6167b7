package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.Policy;
import dev.frostline.report.WeeklyReport.Cost;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.FunctionCost;
import dev.frostline.report.WeeklyReport.Headline;
import dev.frostline.report.WeeklyReport.Health;
import dev.frostline.report.WeeklyReport.Lines;
import dev.frostline.report.WeeklyReport.Reject;
import dev.frostline.report.WeeklyReport.RuntimePatch;
import dev.frostline.report.WeeklyReport.RuntimeWeek;
import dev.frostline.report.WeeklyReport.SharedPackage;
import dev.frostline.report.WeeklyReport.StartCounts;
import dev.frostline.report.WeeklyReport.TrendWeek;
import dev.frostline.store.Store;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every number of the report, worked out by hand from {@code given.sql}. */
class WeeklyReportTest {
  private static final double X86 = 0.0000166667;
  private static final double ARM = 0.0000133334;
  private static final double MONTH = 365.25 / 12 / 7;

  private Store store;

  @BeforeEach
  void fill() throws IOException, SQLException {
    store = Fleet.store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void latestWeek_isThatOfTheLatestColdStart() throws SQLException {
    assertEquals(Optional.of(new Week(2026, 42)), WeeklyReport.latestWeek(store.connection()));
  }

  @Test
  void headline_countsWhatTheSectionsHold() throws SQLException {
    Headline headline =
        Fleet.report(
                store,
                Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100),
                Fleet.comparison("patched", "7", Verdict.SLOWER, 10),
                Fleet.comparison("worker", "1", Verdict.CONFIGURATION, 50),
                Fleet.comparison("new-one", "1", Verdict.FASTER, -30),
                Fleet.comparison("bursty", "1", Verdict.INSUFFICIENT, 0))
            .headline();
    assertEquals(new Headline(1, 1, 1, 1, 0, 7, 1, 34, 2730, 1770, 6 / 34.0), headline);
  }

  @Test
  void slowdown_isRankedByTheWaitingItAdded() throws SQLException {
    WeeklyReport report =
        Fleet.report(
            store,
            Fleet.comparison("patched", "7", Verdict.SLOWER, 150),
            Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100));
    FoundChange first = report.changes().actOn().shown().get(0);
    assertEquals("checkout-api", first.function().name());
    assertEquals(Instant.parse("2026-10-06T08:00:00Z"), first.deployedAt());
    assertEquals(4, first.coldStartsHit());
    assertEquals(400, first.addedWaitMs());
    assertEquals(100 * 4 * ARM / 1000, first.addedUsd(), 1e-15);
    assertEquals(
        new WeeklyReport.Cause("new import", "pandas", "python module", 70), first.cause());
    assertEquals(1, first.moreCauses());
    assertEquals(
        "frostline explain checkout-api before..2 --account 123456789012 --region eu-west-1",
        first.command());
    FoundChange second = report.changes().actOn().shown().get(1);
    assertTrue(second.carriedOver() && second.open());
    assertEquals(300, second.addedWaitMs());
  }

  @Test
  void configurationThatHelped_isGoodNews() throws SQLException {
    WeeklyReport.Changes changes =
        Fleet.report(store, Fleet.comparison("worker", "1", Verdict.CONFIGURATION, -910)).changes();
    assertEquals(List.of(), changes.withoutDeploy().shown());
    assertEquals("worker", changes.faster().shown().get(0).function().name());
  }

  @Test
  void changes_goWhereTheyBelong() throws SQLException {
    WeeklyReport.Changes changes =
        Fleet.report(
                store,
                Fleet.comparison("worker", "1", Verdict.PLATFORM, 50),
                Fleet.comparison("new-one", "1", Verdict.FASTER, -30),
                Fleet.comparison("patched", "7", Verdict.PLATFORM, 10),
                Fleet.comparison("bursty", "1", Verdict.NOT_SHOWN, 3),
                Fleet.comparison("checkout-api", "1", Verdict.SLOWER, 99),
                Fleet.comparison("silent-one", "1", Verdict.SLOWER, 99))
            .changes();
    assertEquals(
        List.of(),
        changes.actOn().shown(),
        "replaced before the week, or without cold starts in it");
    assertEquals(
        List.of("worker"), names(changes.withoutDeploy()), "an earlier patch is told once");
    assertEquals(List.of("new-one"), names(changes.faster()));
    assertEquals(-30, changes.faster().shown().get(0).addedWaitMs());
    assertEquals(List.of("bursty"), names(changes.watch()));
  }

  @Test
  void replacedDeployment_isNamedWithItsSuccessor() throws SQLException {
    Week before = new Week(2026, 40);
    WeeklyReport report =
        WeeklyReport.of(
            store.connection(),
            before,
            List.of(Fleet.comparison("checkout-api", "1", Verdict.SLOWER, 10)),
            Thresholds.DEFAULT,
            Policy.NONE);
    assertTrue(
        report.changes().actOn().shown().get(0).open(), "the next deployment was not there yet");
    Fleet.run(
        store,
        "UPDATE cold_start SET started_at = started_at - INTERVAL 4 DAY WHERE deployment = '2'");
    FoundChange change =
        WeeklyReport.of(
                store.connection(),
                before,
                List.of(Fleet.comparison("checkout-api", "1", Verdict.SLOWER, 10)),
                Thresholds.DEFAULT,
                Policy.NONE)
            .changes()
            .actOn()
            .shown()
            .get(0);
    assertEquals("2", change.replacedBy());
  }

  @Test
  void atMostFive_areShownToActOn() throws SQLException {
    Fleet.run(
        store,
        "INSERT INTO cold_start BY NAME SELECT cold_start.* REPLACE (9000 + i AS cold_start_id, 'f'"
            + " || i AS function) FROM cold_start, (SELECT unnest(range(7)) AS i) WHERE"
            + " cold_start_id = 200");
    dev.frostline.verdict.comparison.Comparison[] seven =
        new dev.frostline.verdict.comparison.Comparison[7];
    for (int i = 0; i < seven.length; i++) {
      seven[i] = Fleet.comparison("f" + i, "2", Verdict.SLOWER, 10 + i);
    }
    WeeklyReport.Found actOn = Fleet.report(store, seven).changes().actOn();
    assertEquals(List.of("f6", "f5", "f4", "f3", "f2"), names(actOn));
    assertEquals(2, actOn.more());
  }

  @Test
  void runtimePatch_andMoreColdStarts_areNoDeployments() throws SQLException {
    WeeklyReport.Changes changes = Fleet.report(store).changes();
    RuntimePatch patch = changes.patches().get(0);
    assertEquals(1, changes.patches().size());
    assertEquals("python:3.13.v40 python:3.13.v41", patch.before() + " " + patch.after());
    assertEquals(Instant.parse("2026-10-09T00:00:00Z"), patch.firstSeen());
    assertEquals(List.of(2L, 2L), List.of(patch.startsBefore(), patch.startsAfter()));
    assertEquals(List.of(100.0, 110.0), List.of(patch.medianBeforeMs(), patch.medianAfterMs()));
    assertEquals(1, changes.scaleOut().size());
    assertEquals("bursty", changes.scaleOut().get(0).function().name());
    assertEquals(10, changes.scaleOut().get(0).coldStartsBefore());
    assertEquals(20, changes.scaleOut().get(0).coldStarts());
  }

  @Test
  void trend_has13Weeks() throws SQLException {
    List<TrendWeek> trend = Fleet.report(store).trend();
    assertEquals(13, trend.size());
    assertEquals(new Week(2026, 29), trend.get(0).week());
    double p95 = trend.get(12).p95Ms();
    assertEquals(260, p95, 1e-9);
    assertEquals(new TrendWeek(Fleet.WEEK, 34, 340, 0.1, 50, p95, 300, 2730, 3), trend.get(12));
    assertEquals(
        new TrendWeek(new Week(2026, 40), 23, 230, 0.1, 100, 100, 100, 1770, 4), trend.get(11));
    TrendWeek empty = trend.get(0);
    assertEquals(0, empty.coldStarts());
    assertTrue(Double.isNaN(empty.p50Ms()) && Double.isNaN(empty.share()));
  }

  @Test
  void charts_beginWithTheFirstWeekThatIsKnown_andNameEachWeek() throws SQLException {
    WeeklyReport report = Fleet.report(store);
    for (TrendChart chart : TrendChart.of(report)) {
      List<String> weeks = chart.labels().stream().map(TrendChart.Label::text).toList();
      assertEquals("W41", weeks.get(weeks.size() - 1), chart.title());
      assertEquals(Math.max(6, Phrase.weeks(report).size()), weeks.size(), chart.title());
    }
  }

  @Test
  void runtimes_areComparedWithTheWeekBefore() throws SQLException {
    List<RuntimeWeek> runtimes = Fleet.report(store).runtimes();
    double p95 = runtimes.get(0).p95Ms();
    assertEquals(260, p95, 1e-9);
    assertEquals(List.of(new RuntimeWeek("python3.13", 5, 30, 50, p95, 300, 100)), runtimes);
  }

  @Test
  void billedInit_isPricedByMemoryAndArchitecture() throws SQLException {
    WeeklyReport.Money money =
        Fleet.report(store, Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100)).money();
    Cost checkout = cost(money, "checkout-api");
    assertEquals(4, checkout.coldStarts());
    assertEquals(4 * 0.2005, checkout.billedSeconds(), 1e-12);
    assertEquals(0.802 * ARM, checkout.usd(), 1e-15);
    Cost worker = cost(money, "worker");
    assertEquals(
        new Cost(2, 0.6, 0.3, worker.usd(), 2, 0, 1, 0.03, worker.restoreUsd(), 1), worker);
    assertEquals(0.3 * X86, worker.usd(), 1e-15);
    assertEquals(0.015 * X86, worker.restoreUsd(), 1e-15);
    assertEquals(new Cost(1, 0.06, 0, 0, 0, 1, 0, 0, 0, 0), cost(money, "new-one"));
    assertEquals(29, money.total().coldStarts());
    assertEquals(2.682, money.total().billedSeconds(), 1e-9);
    assertEquals(1.282, money.total().gbSeconds(), 1e-9);
    assertEquals(0.802 * ARM + 0.48 * X86, money.total().usd(), 1e-15);
    assertEquals((0.802 * ARM + 0.48 * X86) * MONTH, money.usdPerMonth(), 1e-14);
    assertEquals(0.4 * ARM * MONTH, money.savedUsdPerMonth(), 1e-14);
  }

  @Test
  void initBeforeAugust2025_wasNotBilled() throws SQLException {
    Fleet.run(store, "UPDATE cold_start SET started_at = started_at - INTERVAL 546 DAY");
    Week early = Week.of(Fleet.WEEK.since().minus(java.time.Duration.ofDays(546)));
    WeeklyReport report =
        WeeklyReport.of(store.connection(), early, List.of(), Thresholds.DEFAULT, Policy.NONE);
    assertEquals(34, report.headline().coldStarts());
    assertEquals(0, report.money().total().coldStarts());
  }

  @Test
  void sharedWeight_isTheOwnTimeOfAPackageInAllFunctions() throws SQLException {
    List<SharedPackage> shared = Fleet.report(store).sharedWeight();
    SharedPackage pandas = shared.get(0);
    assertEquals("pandas", pandas.name());
    assertEquals(List.of(1L, 4L), List.of(pandas.functions(), pandas.coldStarts()));
    assertEquals(0.28, pandas.seconds(), 1e-12);
    assertEquals(0.28 * ARM, pandas.usd(), 1e-15);
    assertTrue(pandas.isNew());
    assertEquals(1, pandas.newFunctions());
    SharedPackage numpy = shared.get(1);
    assertEquals(
        new SharedPackage("numpy", "python module", 1, 2, 0.02, numpy.usd(), 0, false), numpy);
    assertEquals(2, shared.size(), "the interpreter's own start-up is nobody's package");
  }

  @Test
  void health_listsTheSilentAndTheNew() throws SQLException {
    Health health = Fleet.report(store).health();
    assertEquals(List.of(7, 6), List.of(health.known(), health.heard()));
    assertEquals(1, health.silent().size(), "a warm function is not silent");
    assertEquals("silent-one", health.silent().get(0).function().name());
    assertEquals(Instant.parse("2026-09-22T13:00:00Z"), health.silent().get(0).lastHeard());
    assertEquals(
        List.of("new-one", "worker"),
        health.newFunctions().stream().map(WeeklyReport.FunctionId::name).toList());
    assertEquals(new StartCounts(34, 6, 1, 1, 1), health.starts());
  }

  @Test
  void ledger_isTheWeeksAndTheStores() throws SQLException {
    Health health = Fleet.report(store).health();
    assertEquals(new Lines(1, 100, 60, 20, 15, 5), health.linesOfWeek());
    assertEquals(new Lines(2, 150, 100, 20, 23, 7), health.linesOfStore());
    assertEquals(
        List.of(new Reject("negative duration", 5, 6), new Reject("name too long", 0, 1)),
        health.rejects());
    assertEquals(Instant.parse("2026-10-12T01:00:00Z"), health.latestEvent());
    assertEquals(Instant.parse("2026-10-12T00:00:00Z"), health.latestIngest());
  }

  @Test
  void method_namesTheStoresSchema() throws SQLException {
    WeeklyReport.Method method =
        Fleet.report(store, Fleet.comparison("worker", "1", Verdict.UNCHANGED, 0)).method();
    assertTrue(method.schemaStep().matches("\\d{3}_\\w+"), method.schemaStep());
    assertEquals(1, method.comparisons());
  }

  private static Cost cost(WeeklyReport.Money money, String function) {
    for (FunctionCost one : money.functions()) {
      if (one.function().name().equals(function)) {
        return one.cost();
      }
    }
    throw new AssertionError("no cost of " + function);
  }

  private static List<String> names(WeeklyReport.Found found) {
    return found.shown().stream().map(change -> change.function().name()).toList();
  }
}
