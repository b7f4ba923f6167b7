package dev.frostline.report;

import dev.frostline.report.WeeklyReport.Changes;
import dev.frostline.store.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The parts of the report after its verdict line, in the order of every week. */
public enum Section {
  ACT_ON("Act on these", "verdicts report_deployments report_latest"),
  WITHOUT_DEPLOY(
      "Slower without a change of code",
      "verdicts report_deployments report_runtime_patches report_scale_out"),
  FASTER("Got faster", "verdicts report_deployments"),
  TREND("Fleet trend", "report_trend report_runtime_trend report_runtimes"),
  MONEY("Money", "report_billed_init verdicts report_deployments"),
  SHARED_WEIGHT("Shared weight", "report_shared_weight"),
  BUDGETS("Budgets", "report_budgets report_budget_imports"),
  WATCH("Watch list", "verdicts report_deployments report_drift"),
  ACKNOWLEDGED("Acknowledged", "acknowledgements verdicts"),
  HEALTH("Coverage and data health", "report_functions report_ledger report_rejects"),
  METHOD("How this was judged", "report_store");

  private final String title;
  private final String queries;

  Section(String title, String queries) {
    this.title = title;
    this.queries = queries;
  }

  /** Its heading. */
  public String title() {
    return title;
  }

  /** Whether it has nothing to say this week: then its title stands in one line with the others. */
  public boolean isEmpty(WeeklyReport report) {
    Changes changes = report.changes();
    return switch (this) {
      case WITHOUT_DEPLOY ->
          changes.withoutDeploy().shown().isEmpty()
              && changes.patches().isEmpty()
              && changes.scaleOut().isEmpty();
      case FASTER -> changes.faster().shown().isEmpty() && report.promised().isEmpty();
      case SHARED_WEIGHT -> report.sharedWeight().isEmpty();
      case BUDGETS -> Phrase.hasNoBudgets(report.budgets());
      case WATCH ->
          changes.watch().shown().isEmpty()
              && report.drifting().isEmpty()
              && report.headline().unchanged() == 0;
      case ACKNOWLEDGED -> changes.acknowledged().shown().isEmpty();
      case ACT_ON, TREND, MONEY, HEALTH, METHOD -> false;
    };
  }

  /** "Nothing this week: got faster, budgets."; empty where every section has something to say. */
  public static String empty(WeeklyReport report) {
    List<String> titles =
        Stream.of(values())
            .filter(section -> section.isEmpty(report))
            .map(section -> section.title.toLowerCase(Locale.ROOT))
            .toList();
    return titles.isEmpty() ? "" : "Nothing this week: " + String.join(", ", titles) + ".";
  }

  /** One question behind its figures, and the command that asks it again. */
  public record Source(String question, String command) {}

  /** The questions behind its figures. */
  public List<Source> sources(WeeklyReport report) {
    List<Source> sources = new ArrayList<>();
    for (String query : queries.split(" ", -1)) {
      if (query.equals("verdicts")) {
        sources.add(
            new Source("What changed from each deployment to the next?", Phrase.verdicts(report)));
      } else if (!query.equals("report_budget_imports") || Phrase.hasImportBudgets(report)) {
        sources.add(new Source(Queries.question(query), Phrase.sql(report, query)));
      }
    }
    return sources;
  }
}
