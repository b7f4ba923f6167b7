package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import dev.frostline.report.BudgetOfWeek.State;
import dev.frostline.report.WeeklyReport.Drift;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.TeamCost;
import dev.frostline.store.Store;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a team asked for, in the week of {@code given.sql} with one drifting function more. */
class WeekPolicyTest {
  private Store store;

  @BeforeEach
  void fill() throws IOException, SQLException {
    store = Fleet.withDrift();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void budget_isOverSinceTheDayItsSevenDaysWentOver() throws SQLException {
    BudgetOfWeek drifter = only("drifter", "init_p50 < 115ms");
    assertEquals(State.OVER, drifter.state());
    assertEquals(130, drifter.ms());
    assertEquals(20, drifter.coldStarts());
    assertEquals(LocalDate.of(2026, 9, 28), drifter.crossed());
  }

  @Test
  void budget_isNearWithinItsLastTenth() throws SQLException {
    assertEquals(State.NEAR, only("drifter", "init_p50 < 140ms").state());
    assertEquals(State.OVER, only("drifter", "init_p50 < 130ms").state());
    assertEquals(State.NEAR, only("drifter", "init_p50 <= 130ms").state());
    assertEquals(1, budgets("drifter", "init_p50 < 1s").within());
    assertEquals(0, budgets("drifter", "init_p50 < 1s").shown().size());
  }

  @Test
  void budget_withTooFewColdStartsOrNoFunction_isNotJudged() throws SQLException {
    assertEquals(State.NOT_JUDGED, only("checkout-api", "init_p50 < 1ms").state());
    BudgetOfWeek nobody = only("chekout-*", "init_p50 < 1s");
    assertEquals(State.NOT_JUDGED, nobody.state());
    assertEquals("chekout-*", nobody.name());
  }

  @Test
  void importBudget_countsTheImportWithAllItPullsIn() throws SQLException {
    Fleet.run(
        store,
        "INSERT INTO import_timing SELECT cold_start_id, 0, NULL, 0, 0, 'python module', 'heavy',"
            + " 1000, 42000, 'init', false FROM cold_start WHERE function = 'drifter'");
    BudgetOfWeek heavy = only("drifter", "import heavy < 40ms");
    assertEquals(State.OVER, heavy.state());
    assertEquals(42, heavy.ms());
  }

  @Test
  void drift_isThreeRisesInARow() throws SQLException {
    Drift drift = Fleet.report(store).drifting().get(0);
    assertEquals("drifter", drift.function().name());
    assertEquals(List.of(100.0, 110.0, 120.0, 130.0), drift.p50Ms());
    assertEquals(20, drift.coldStarts());
  }

  @Test
  void functionThatADeploymentMadeSlower_doesNotDrift() throws SQLException {
    Comparison slower = Fleet.comparison("drifter", "1", Verdict.SLOWER, 10);
    assertEquals(List.of(), Fleet.report(store, slower).drifting());
    Comparison unchanged = Fleet.comparison("drifter", "1", Verdict.UNCHANGED, 0);
    assertEquals(1, Fleet.report(store, unchanged).drifting().size());
  }

  @Test
  void markdown_hasABudgetAsItWasWritten() throws SQLException {
    Policy policy = new Policy(List.of(Fleet.budget("drifter", "init_p50 < 115ms")), List.of());
    String text = ReportText.markdown(Fleet.report(store, policy));
    assertTrue(text.contains("| `init_p50 < 115ms` |"), text);
  }

  @Test
  void changeWithoutAVersion_isReportedFromItsMinuteOn() throws SQLException {
    Comparison change =
        Fleet.comparison("drifter", "$LATEST@2026-10-05T08:05:00Z", Verdict.SLOWER, 10);
    FoundChange found = Fleet.report(store, change).changes().actOn().shown().get(0);
    assertEquals(Instant.parse("2026-10-05T08:05:00Z"), found.deployedAt());
    assertEquals(15, found.coldStartsHit());
    assertEquals(150, found.addedWaitMs());
    assertTrue(found.open());
    Comparison next =
        Fleet.comparison("drifter", "$LATEST@2026-10-05T08:10:00Z", Verdict.FASTER, -10);
    FoundChange replaced = Fleet.report(store, change, next).changes().actOn().shown().get(0);
    assertEquals(5, replaced.coldStartsHit());
    assertEquals("$LATEST@2026-10-05T08:10:00Z", replaced.replacedBy());
  }

  @Test
  void acceptedFinding_standsApart_andReturnsWhenItsDayIsOver() throws SQLException {
    Comparison slower = Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100);
    accept(LocalDate.of(2026, 10, 11));
    WeeklyReport held = Fleet.report(store, slower);
    assertEquals(0, held.changes().actOn().shown().size());
    assertEquals(0, held.headline().slower());
    assertEquals("checkout-api", held.changes().acknowledged().shown().get(0).function().name());
    accept(LocalDate.of(2026, 10, 10));
    WeeklyReport over = Fleet.report(store, slower);
    assertEquals(0, over.changes().acknowledged().shown().size());
    FoundChange back = over.changes().actOn().shown().get(0);
    assertNotNull(back.acknowledgement());
    assertEquals("was accepted until 10 Oct 2026 by jo", Phrase.acknowledgementOver(back));
  }

  @Test
  void owners_areNamed_andPay() throws SQLException {
    Owner payments = new Owner(new FunctionPattern("checkout-*"), "payments", "");
    WeeklyReport report =
        Fleet.report(
            store,
            new Policy(List.of(), List.of(payments)),
            Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100));
    assertEquals("payments", report.changes().actOn().shown().get(0).owner());
    List<TeamCost> teams = report.money().teams();
    assertEquals(2, teams.size());
    double usd = 0;
    for (TeamCost team : teams) {
      usd += team.cost().usd();
    }
    assertEquals(report.money().total().usd(), usd, 1e-15);
  }

  private void accept(LocalDate until) throws SQLException {
    new Acknowledgements(store.connection())
        .add(
            new Acknowledgement(
                "123456789012",
                "eu-west-1",
                "checkout-api",
                "before",
                "2",
                "wanted",
                "jo",
                Instant.EPOCH,
                until));
  }

  private BudgetOfWeek only(String functions, String limit) throws SQLException {
    List<BudgetOfWeek> shown = budgets(functions, limit).shown();
    assertEquals(1, shown.size());
    return shown.get(0);
  }

  private BudgetOfWeek.All budgets(String functions, String limit) throws SQLException {
    return Fleet.report(store, new Policy(List.of(Fleet.budget(functions, limit)), List.of()))
        .budgets();
  }
}
