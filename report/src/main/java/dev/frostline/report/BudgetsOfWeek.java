package dev.frostline.report;

import dev.frostline.policy.Budget;
import dev.frostline.policy.DeploymentBudgets;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Policy;
import dev.frostline.report.BudgetOfWeek.State;
import dev.frostline.report.WeeklyReport.FunctionId;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which budgets hold this week, which are close, and since when the broken ones are. */
final class BudgetsOfWeek {
  /** A budget with less than a tenth left is near its limit. */
  private static final double NEAR = 0.9;

  private static final int SHOWN = 20;

  /** What was measured over the seven days that end with a day. */
  private record Measured(double ms, long coldStarts) {}

  private record InitDay(double p50, double p95, double p99, long coldStarts, long traced) {}

  private record ImportKey(FunctionId function, String name) {}

  private final LocalDate lastDay;
  private final Map<FunctionId, TreeMap<LocalDate, InitDay>> inits = new LinkedHashMap<>();
  private final Map<ImportKey, TreeMap<LocalDate, Measured>> imports = new LinkedHashMap<>();

  private BudgetsOfWeek(Week week) {
    this.lastDay = week.nextMonday().minusDays(1);
  }

  static BudgetOfWeek.All of(Policy policy, Week week, WeekRows rows) throws SQLException {
    BudgetsOfWeek budgets = new BudgetsOfWeek(week);
    if (!policy.budgets().isEmpty()) {
      budgets.read(rows);
    }
    if (!policy.imports().isEmpty()) {
      budgets.readImports(rows, policy.imports());
    }
    return budgets.all(policy);
  }

  private void read(WeekRows rows) throws SQLException {
    rows.of(
        "report_budgets",
        row ->
            inits
                .computeIfAbsent(WeekRows.function(row), key -> new TreeMap<>())
                .put(
                    WeekRows.day(row, "day"),
                    new InitDay(
                        WeekRows.number(row, "p50_ms"),
                        WeekRows.number(row, "p95_ms"),
                        WeekRows.number(row, "p99_ms"),
                        row.getLong("cold_starts"),
                        row.getLong("traced"))));
  }

  private void readImports(WeekRows rows, String names) throws SQLException {
    rows.set("imports", names);
    rows.of(
        "report_budget_imports",
        row ->
            imports
                .computeIfAbsent(
                    new ImportKey(WeekRows.function(row), row.getString("name")),
                    key -> new TreeMap<>())
                .put(
                    WeekRows.day(row, "day"),
                    new Measured(WeekRows.number(row, "p50_ms"), row.getLong("cold_starts"))));
  }

  private BudgetOfWeek.All all(Policy policy) {
    List<BudgetOfWeek> all = new ArrayList<>();
    for (Budget budget : policy.budgets()) {
      int before = all.size();
      for (FunctionId function : inits.keySet()) {
        Measured measured = measured(budget.limit(), function, lastDay);
        if (budget.functions().covers(function.name()) && measured != null) {
          all.add(judged(budget, function, measured));
        }
      }
      if (all.size() == before) {
        all.add(new BudgetOfWeek(null, budget, State.NOT_JUDGED, Double.NaN, 0, null));
      }
    }
    List<BudgetOfWeek> told = new ArrayList<>(all);
    told.removeIf(one -> one.state() == State.WITHIN);
    told.sort(
        Comparator.comparing(BudgetOfWeek::state)
            .thenComparing(one -> one.budget().limit().ms() / one.ms())
            .thenComparing(BudgetOfWeek::name));
    List<BudgetOfWeek> shown = List.copyOf(told.subList(0, Math.min(SHOWN, told.size())));
    return new BudgetOfWeek.All(
        shown,
        told.size() - shown.size(),
        count(all, State.OVER),
        count(all, State.NEAR),
        count(all, State.WITHIN),
        count(all, State.NOT_JUDGED));
  }

  private BudgetOfWeek judged(Budget budget, FunctionId function, Measured measured) {
    Limit limit = budget.limit();
    State state = State.WITHIN;
    if (!isJudged(limit, measured)) {
      state = State.NOT_JUDGED;
    } else if (!limit.keeps(measured.ms())) {
      state = State.OVER;
    } else if (measured.ms() > NEAR * limit.ms()) {
      state = State.NEAR;
    }
    return new BudgetOfWeek(
        function,
        budget,
        state,
        measured.ms(),
        measured.coldStarts(),
        state == State.OVER ? crossed(limit, function) : null);
  }

  /** Back from the last day, as long as every day was over. */
  private LocalDate crossed(Limit limit, FunctionId function) {
    LocalDate first = lastDay;
    for (LocalDate day = lastDay.minusDays(1); ; day = day.minusDays(1)) {
      Measured measured = measured(limit, function, day);
      if (measured == null || !isJudged(limit, measured) || limit.keeps(measured.ms())) {
        return first;
      }
      first = day;
    }
  }

  private static boolean isJudged(Limit limit, Measured measured) {
    return measured.coldStarts() >= DeploymentBudgets.needed(limit.measure())
        && !Double.isNaN(measured.ms());
  }

  private @Nullable Measured measured(Limit limit, FunctionId function, LocalDate day) {
    InitDay init = inits.getOrDefault(function, new TreeMap<>()).get(day);
    if (init == null) {
      return null;
    }
    return switch (limit.measure()) {
      case INIT_P50 -> new Measured(init.p50(), init.coldStarts());
      case INIT_P95 -> new Measured(init.p95(), init.coldStarts());
      case INIT_P99 -> new Measured(init.p99(), init.coldStarts());
      case IMPORT ->
          imports
              .getOrDefault(new ImportKey(function, limit.importName()), new TreeMap<>())
              .getOrDefault(day, new Measured(0, init.traced())); // traced and never loaded
    };
  }

  private static int count(List<BudgetOfWeek> all, State state) {
    return (int) all.stream().filter(one -> one.state() == state).count();
  }
}
