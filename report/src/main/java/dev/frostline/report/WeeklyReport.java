package dev.frostline.report;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Policy;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Thresholds;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the weekly report says, as numbers: what to do first comes first. Every figure is a
 * column of the {@code report_*} query named in its comment, or a sum over its rows.
 *
 * @param open slowdowns that are still there, the oldest first ({@code frostline regressions})
 * @param promised advice that was taken, with what came of it ({@code frostline promises})
 * @param trend 13 weeks, the reported one last ({@code report_trend})
 * @param runtimes this week by runtime ({@code report_runtimes})
 * @param runtimeTrends the same weeks by runtime, the busiest first ({@code report_runtime_trend})
 * @param sharedWeight packages that cost the fleet most ({@code report_shared_weight})
 * @param drifting functions that got slower week by week ({@code report_drift})
 */
public record WeeklyReport(
    Week week,
    Headline headline,
    Changes changes,
    List<OpenFinding> open,
    List<Promised> promised,
    List<TrendWeek> trend,
    List<RuntimeWeek> runtimes,
    List<RuntimeTrend> runtimeTrends,
    Money money,
    List<SharedPackage> sharedWeight,
    BudgetOfWeek.All budgets,
    List<Drift> drifting,
    Health health,
    Method method) {

  /**
   * The report of a week.
   *
   * @param answer to {@link #query} of that week
   * @param policy budgets and owners
   */
  public static WeeklyReport of(
      Connection connection, Week week, Answer answer, Thresholds thresholds, Policy policy)
      throws SQLException {
    return new ReportBuilder(week, PriceList.US_EAST_1, thresholds, policy)
        .build(
            connection,
            answer.since(week.since().minus(ChangesOfWeek.CARRIED_OVER)),
            answer.open(),
            PromisesOfWeek.of(connection, week, answer.comparisons()));
  }

  /** The same of comparisons alone. */
  static WeeklyReport of(
      Connection connection,
      Week week,
      List<Comparison> comparisons,
      Thresholds thresholds,
      Policy policy)
      throws SQLException {
    return new ReportBuilder(week, PriceList.US_EAST_1, thresholds, policy)
        .build(
            connection, comparisons, List.of(), PromisesOfWeek.of(connection, week, comparisons));
  }

  /** What has to be known for the report of a week: all up to its end. */
  public static Query query(Week week) {
    return new Query(null, null, null, null, week.until(), true);
  }

  /** The same, with the comparisons that the usual thresholds give. */
  public static WeeklyReport of(Connection connection, Week week, Policy policy)
      throws SQLException {
    Answer answer =
        new Judge(Thresholds.DEFAULT).answer(new StoredHistories(connection), query(week));
    return of(connection, week, answer, Thresholds.DEFAULT, policy);
  }

  /** The latest week with a cold start; none in an empty store. */
  public static Optional<Week> latestWeek(Connection connection) throws SQLException {
    return WeekAnswers.latest(connection).map(Week::of);
  }

  /** Whether the week had any cold start at all. */
  public boolean hasData() {
    return headline.coldStarts() > 0;
  }

  /** Which function: names are unique only within an account and region. */
  public record FunctionId(String account, String region, String name) {
    /** The function that a comparison is of. */
    public static FunctionId of(Comparison comparison) {
      return new FunctionId(comparison.account(), comparison.region(), comparison.function());
    }
  }

  /**
   * An advice that was taken.
   *
   * @param deliveredMs NaN before a deployment carried it, or while it is too early to say
   * @param deployment the deployment that carries it; null before it is there
   */
  public record Promised(
      FunctionId function,
      String change,
      String state,
      Interval promisedMs,
      Interval deliveredMs,
      double usdPerMonth,
      @Nullable String before,
      @Nullable String deployment) {}

  /**
   * The verdict line.
   *
   * @param slower deployments of this week that made their function slower
   * @param stillOpen slower ones of the 28 days before that nothing has replaced
   * @param withoutDeploy platform and configuration changes
   * @param places accounts and regions of the known functions
   * @param waitedMs init and restore time that requests waited for
   * @param tracedShare cold starts with import timings, 0 to 1; NaN without cold starts
   */
  public record Headline(
      int slower,
      int stillOpen,
      int faster,
      int withoutDeploy,
      int unchanged,
      int functions,
      int places,
      long coldStarts,
      double waitedMs,
      double waitedBeforeMs,
      double tracedShare) {}

  /**
   * What deployments and the platform did ({@code frostline regressions}, {@code
   * report_deployments}, {@code report_runtime_patches}, {@code report_scale_out}).
   */
  public record Changes(
      Found actOn,
      Found withoutDeploy,
      Found faster,
      Found watch,
      Found acknowledged,
      List<RuntimePatch> patches,
      List<ScaleOut> scaleOut) {}

  /**
   * A slowdown that is still there: told every week until it is taken back or accepted.
   *
   * @param owner the team that looks after the function; empty when nobody is known
   * @param live the newest deployment that serves; absent where nothing names the code
   * @param changeMs what of it is there now
   * @param openedMs what it was when it came
   * @param since when the deployment that opened it began to serve
   * @param days its age at the end of the week
   */
  public record OpenFinding(
      String account,
      String region,
      String function,
      String owner,
      String kind,
      String before,
      String openedBy,
      @Nullable String live,
      double changeMs,
      double openedMs,
      Instant since,
      long days) {}

  /** The changes worth showing, and how many more there are. */
  public record Found(List<FoundChange> shown, int more) {}

  /**
   * One comparison as the report tells it.
   *
   * @param owner the team that looks after the function; empty when nobody is known
   * @param hostMs what hosts or platform did to the medians beside it; NaN where that is within the
   *     floor, or nothing tells
   * @param coldStartsHit cold starts of the deployment this week that a request waited for
   * @param addedWaitMs changeMs x coldStartsHit; below zero when faster
   * @param addedUsd the same at the functions' memory size and price
   * @param needed cold starts still needed for an answer; 0 when there are enough
   * @param cause the first suspect; absent when no single import stands out
   * @param moreCauses suspects beyond it
   * @param replacedBy the deployment that took over; absent while this one is live
   * @param carriedOver deployed before this week and still live
   * @param live the later deployment that keeps it; absent where it is the one after
   * @param stillMs what of the change is there now
   * @param acknowledgement what was said about it, in force or over; absent when nobody did
   */
  public record FoundChange(
      FunctionId function,
      String owner,
      String before,
      String after,
      Instant deployedAt,
      Verdict verdict,
      Interval changeMs,
      double changePct,
      double medianBeforeMs,
      double medianAfterMs,
      double hostMs,
      int startsBefore,
      int startsAfter,
      long coldStartsHit,
      double addedWaitMs,
      double addedUsd,
      int needed,
      @Nullable Cause cause,
      int moreCauses,
      List<String> notes,
      @Nullable String replacedBy,
      boolean carriedOver,
      @Nullable String live,
      double stillMs,
      @Nullable Acknowledgement acknowledgement) {
    /** Whether the deployment still takes cold starts. */
    public boolean open() {
      return replacedBy == null;
    }

    /** The command that tells all about it. */
    public String command() {
      return Shell.command(
          "frostline",
          "explain",
          function.name(),
          before + ".." + after,
          "--account",
          function.account(),
          "--region",
          function.region());
    }
  }

  /**
   * What is to blame: {@code new import} {@code pandas} +231 ms.
   *
   * @param kind of import, {@code python module}; another word where it is none
   */
  public record Cause(String what, String name, String kind, double changeMs) {
    /** The first suspect of a comparison; null where no single import stands out. */
    public static @Nullable Cause of(Comparison comparison) {
      if (comparison.suspects().isEmpty()) {
        return null;
      }
      Suspect first = comparison.suspects().get(0);
      if (first.name().startsWith("(")) {
        return new Cause(
            first.change().word() + ":", first.name(), first.kind(), first.cumulativeChangeMs());
      }
      boolean whole = first.kind().equals("package");
      String what =
          switch (first.change()) {
            case NEW -> "new import";
            case GONE -> "removed import";
            case SLOWER -> whole ? "slower package" : "slower import";
            case FASTER -> whole ? "faster package" : "faster import";
            case MOVED -> "moved import";
          };
      boolean itself =
          switch (first.change()) {
            case NEW, GONE -> false;
            case SLOWER, FASTER, MOVED -> !whole;
          };
      return new Cause(
          what,
          first.name(),
          Links.importKind(first, comparison.configuration()),
          itself ? first.selfChangeMs() : first.cumulativeChangeMs());
    }

    /** "new import pandas +231 ms". */
    public String words() {
      return what + " " + Figure.name(name) + " " + Figure.change(changeMs);
    }
  }

  /** AWS changed the runtime under a deployment. */
  public record RuntimePatch(
      FunctionId function,
      String deployment,
      Instant firstSeen,
      String before,
      String after,
      long startsBefore,
      long startsAfter,
      double medianBeforeMs,
      double medianAfterMs) {}

  /** A function with at least twice the cold starts of the week before. */
  public record ScaleOut(FunctionId function, long coldStartsBefore, long coldStarts) {}

  /**
   * One week of the fleet; quantiles are NaN without cold starts, share is NaN without invocations.
   */
  public record TrendWeek(
      Week week,
      long coldStarts,
      long invocations,
      double share,
      double p50Ms,
      double p95Ms,
      double p99Ms,
      double waitedMs,
      long deployments) {}

  /** One runtime this week; p50BeforeMs is NaN when it was not there the week before. */
  public record RuntimeWeek(
      String runtime,
      long functions,
      long coldStarts,
      double p50Ms,
      double p95Ms,
      double p99Ms,
      double p50BeforeMs) {}

  /** One runtime over the weeks that had any cold start of it. */
  public record RuntimeTrend(String runtime, List<RuntimePoint> weeks) {}

  /** One week of one runtime. */
  public record RuntimePoint(Week week, long coldStarts, double p50Ms, double p95Ms) {}

  /** A function whose median rose three weeks in a row: the medians of four weeks, oldest first. */
  public record Drift(FunctionId function, List<Double> p50Ms, long coldStarts) {}

  /**
   * Billed init time and its cost ({@code report_billed_init}).
   *
   * @param functions the dearest ones
   * @param teams the same by owner, dearest first; empty when no owner is known
   * @param more functions beyond them, in the total all the same
   * @param usdPerMonth the total at this week's rate
   * @param savedUsdPerMonth what the first three open slowdowns add per month
   */
  public record Money(
      PriceList prices,
      List<FunctionCost> functions,
      int more,
      List<TeamCost> teams,
      Cost total,
      double usdPerMonth,
      double savedUsdPerMonth) {}

  /** One function's part; architectures is empty when none of its starts told one. */
  public record FunctionCost(FunctionId function, String architectures, Cost cost) {}

  /** What the functions of one owner cost; the owner is empty for those that nobody owns. */
  public record TeamCost(String owner, Cost cost) {}

  /** Sums over cold starts; restores apart; provisioned starts are billed in another way. */
  public record Cost(
      long coldStarts,
      double billedSeconds,
      double gbSeconds,
      double usd,
      long pricedAsX86,
      long withoutMemory,
      long restores,
      double restoreSeconds,
      double restoreUsd,
      long provisioned) {}

  /** One package over the whole fleet. */
  public record SharedPackage(
      String name,
      String kind,
      long functions,
      long coldStarts,
      double seconds,
      double usd,
      long newFunctions,
      boolean isNew) {}

  /**
   * What the report rests on ({@code report_functions}, {@code report_ledger}, {@code
   * report_rejects}).
   *
   * @param known functions heard of in 13 weeks
   * @param places accounts and regions they are in
   * @param silent those without any log event this week
   */
  public record Health(
      int known,
      int places,
      int heard,
      List<SilentFunction> silent,
      int moreSilent,
      List<FunctionId> newFunctions,
      int moreNew,
      StartCounts starts,
      Lines linesOfWeek,
      Lines linesOfStore,
      List<Reject> rejects,
      @Nullable Instant latestEvent,
      @Nullable Instant latestIngest) {}

  /** A function nothing was heard from. */
  public record SilentFunction(FunctionId function, Instant lastHeard) {}

  /** How many of the week's cold starts are traced, and how many stand apart. */
  public record StartCounts(long all, long traced, long suspect, long failed, long cut) {}

  /** received = stored + alreadyStored + notOurs + rejected. */
  public record Lines(
      long sources, long received, long stored, long alreadyStored, long notOurs, long rejected) {}

  /** Lines rejected for one reason. */
  public record Reject(String reason, long linesOfWeek, long linesOfStore) {}

  /**
   * How it was judged, and from which store.
   *
   * @param budgetedImports imports that budgets limit, divided by commas; empty without any
   */
  public record Method(
      Thresholds thresholds, int comparisons, String schemaStep, String budgetedImports) {}
}
