package dev.frostline.report;

import dev.frostline.policy.Policy;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.statistics.Thresholds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The reports of one store, for all and for single teams, judged once a week of it. */
public final class Weeks {
  private final Connection store;
  private final Policy policy;
  private final Map<Week, Answer> answers = new HashMap<>();

  public Weeks(Connection store, Policy policy) {
    this.store = store;
    this.policy = policy;
  }

  /** The report of a week. */
  public WeeklyReport of(Week week) throws SQLException {
    return WeeklyReport.of(store, week, answer(week), Thresholds.DEFAULT, policy);
  }

  /** The same, its changes those of some teams' functions. */
  public WeeklyReport of(Week week, Set<String> teams) {
    Answer own = answer(week).of(one -> teams.contains(policy.ownerOf(one.function())));
    try {
      return WeeklyReport.of(store, week, own, Thresholds.DEFAULT, policy);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot report on " + week + ": " + e.getMessage(), e);
    }
  }

  private Answer answer(Week week) {
    return answers.computeIfAbsent(
        week,
        any ->
            new Judge(Thresholds.DEFAULT)
                .answer(new StoredHistories(store), WeeklyReport.query(week)));
  }
}
