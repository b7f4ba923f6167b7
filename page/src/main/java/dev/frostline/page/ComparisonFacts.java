package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.BudgetCheck;
import dev.frostline.policy.Delivery;
import dev.frostline.policy.DeploymentBudgets;
import dev.frostline.policy.Promise;
import dev.frostline.policy.Promises;
import dev.frostline.report.Figure;
import dev.frostline.report.Links;
import dev.frostline.report.Phrase;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a team asks next about a change: when, whose, which commits, is it over budget, accepted.
 */
final class ComparisonFacts {
  private final Comparison comparison;
  private final Snapshot snapshot;
  private final Terms terms;

  ComparisonFacts(Comparison comparison, Snapshot snapshot, Terms terms) {
    this.comparison = comparison;
    this.snapshot = snapshot;
    this.terms = terms;
  }

  /** Each with its name; a fact that is not known is not there. */
  List<Map.Entry<String, Cell>> facts() throws SQLException {
    List<Map.Entry<String, Cell>> facts = new ArrayList<>();
    facts.add(Map.entry("Live since", Cell.of(Figure.time(comparison.after().since()))));
    String still = still(snapshot.judged());
    if (!still.isEmpty()) {
      facts.add(Map.entry("Now", Cell.of(still)));
    }
    String owner = terms.policy().ownerOf(comparison.function());
    Links links = terms.links();
    facts.add(
        Map.entry(
            "Owner",
            owner.isEmpty()
                ? Cell.of("none: write [[owner]] into frostline.toml").tone("quiet")
                : Cells.name(owner).to(links.owner(owner))));
    String commits =
        links.commits(
            comparison.function(),
            comparison.before().deployment(),
            comparison.after().deployment());
    if (!commits.isEmpty()) {
      facts.add(Map.entry("Commits", Cell.of(pair()).to(commits)));
    }
    for (BudgetCheck check : budgets()) {
      facts.add(Map.entry("Budget " + check.budget().limit().expression(), state(check)));
    }
    facts.add(Map.entry("Accepted", acknowledgement()));
    for (Promise one : promises()) {
      facts.add(
          Map.entry(
              "Promise",
              Cell.of(
                  Figure.name(one.change())
                      + ": "
                      + Phrase.promise(new Delivery(one, comparison)))));
    }
    return facts;
  }

  private String pair() {
    return Figure.name(comparison.before().deployment())
        + " → "
        + Figure.name(comparison.after().deployment());
  }

  private String still(@Nullable Answer judged) {
    for (FindingLife life : judged == null ? List.<FindingLife>of() : judged.findings()) {
      Comparison opening = life.opening();
      if (opening.kind() == comparison.kind()
          && FunctionId.of(opening).equals(FunctionId.of(comparison))
          && opening.before().equals(comparison.before())
          && opening.after().equals(comparison.after())) {
        String closed = life.closedBy();
        return life.isOpen()
            ? "still open: " + Figure.change(life.still().estimate()) + " of it is there"
            : closed == null ? "over" : "taken back by " + Figure.name(closed);
      }
    }
    return "";
  }

  private List<BudgetCheck> budgets() throws SQLException {
    Query function = Query.of(comparison.account(), comparison.region(), comparison.function());
    return snapshot
        .with(
            connection ->
                new DeploymentBudgets(terms.policy(), null)
                    .check(connection, function, comparison.after().deployment()))
        .stream()
        .filter(check -> check.budget().functions().covers(comparison.function()))
        .toList();
  }

  /** Those that this deployment carries, and none before it. */
  private List<Promise> promises() throws SQLException {
    List<Comparison> known = snapshot.comparisons();
    List<Comparison> judged = known == null ? List.of(comparison) : known;
    return snapshot
        .with(
            connection ->
                new Promises(connection)
                    .of(comparison.account(), comparison.region(), comparison.function()))
        .stream()
        .filter(one -> isCarried(Delivery.of(one, judged).comparison()))
        .toList();
  }

  private boolean isCarried(@Nullable Comparison carrier) {
    return carrier != null && carrier.after().equals(comparison.after());
  }

  private static Cell state(BudgetCheck check) {
    return switch (check.outcome()) {
      case PASSED -> Cell.of("within: " + Figure.ms(check.ms()));
      case FAILED -> Cell.of("▲ over: " + Figure.ms(check.ms())).tone("slower");
      default -> Cell.of("too few cold starts to say").tone("quiet");
    };
  }

  private Cell acknowledgement() throws SQLException {
    Acknowledgement one = Accepting.held(comparison, snapshot);
    return one == null
        ? Cell.of("no").tone("quiet")
        : Cell.of(
            (one.holdsOn(LocalDate.now(ZoneOffset.UTC)) ? "until " : "no longer: was until ")
                + Figure.day(one.until())
                + " by "
                + Figure.name(one.givenBy())
                + ": "
                + Figure.name(one.reason()));
  }
}
