package dev.frostline.report;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Budget;
import dev.frostline.policy.Delivery;
import dev.frostline.report.WeeklyReport.Cause;
import dev.frostline.report.WeeklyReport.Cost;
import dev.frostline.report.WeeklyReport.Drift;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.Headline;
import dev.frostline.report.WeeklyReport.Money;
import dev.frostline.report.WeeklyReport.SharedPackage;
import dev.frostline.report.WeeklyReport.TrendWeek;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.statistics.Interval;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report's sentences, the same in every format; names from logs are never part of one. */
public final class Phrase {
  private static final Set<String> PRICED =
      Set.of("report_billed_init", "report_shared_weight", "report_deployments", "report_latest");

  private static final double WEEKS_PER_MONTH = 365.25 / 12 / 7;

  private Phrase() {}

  /** Slower, Faster, Changed, Steady or No data. */
  public static String word(WeeklyReport report) {
    Headline headline = report.headline();
    if (!report.hasData()) {
      return "No data";
    }
    if (headline.slower() + headline.stillOpen() > 0) {
      return "Slower";
    }
    if (headline.faster() > 0) {
      return "Faster";
    }
    return headline.withoutDeploy() > 0 ? "Changed" : "Steady";
  }

  /** The sign that goes with it. */
  public static String symbol(WeeklyReport report) {
    return switch (word(report)) {
      case "Slower" -> "▲";
      case "Faster" -> "▼";
      case "Changed" -> "◆";
      case "Steady" -> "●";
      default -> "○";
    };
  }

  /** "2 deployments made cold starts slower, 1 made them faster." */
  public static String verdict(WeeklyReport report) {
    Headline headline = report.headline();
    if (!report.hasData()) {
      return "no cold starts in this week.";
    }
    List<String> parts = new ArrayList<>();
    if (headline.slower() > 0) {
      parts.add(Figure.counted(headline.slower(), "deployment") + " made cold starts slower");
    }
    if (headline.stillOpen() > 0) {
      parts.add(
          Figure.counted(headline.stillOpen(), "earlier slowdown")
              + (headline.stillOpen() == 1 ? " is" : " are")
              + " still live");
    }
    if (headline.faster() > 0) {
      String who =
          headline.slower() > 0
              ? Figure.count(headline.faster())
              : Figure.counted(headline.faster(), "change");
      parts.add(who + " made " + (headline.slower() > 0 ? "them" : "cold starts") + " faster");
    }
    if (headline.withoutDeploy() > 0) {
      parts.add(
          Figure.counted(headline.withoutDeploy(), "change") + " of platform or configuration");
    }
    return parts.isEmpty()
        ? "no deployment changed cold starts beyond noise."
        : String.join(", ", parts) + ".";
  }

  /**
   * The result of the week for the subject of a mail: "2 slower, 1 still open: checkout-api +218 ms
   * (pandas), payments".
   */
  public static String subject(WeeklyReport report) {
    Headline headline = report.headline();
    if (!report.hasData()) {
      return "No cold starts in " + report.week();
    }
    List<String> parts = new ArrayList<>();
    if (headline.slower() > 0) {
      parts.add(Figure.count(headline.slower()) + " slower");
    }
    if (headline.stillOpen() > 0) {
      parts.add(Figure.count(headline.stillOpen()) + " still open");
    }
    if (parts.isEmpty() && headline.faster() > 0) {
      parts.add(Figure.count(headline.faster()) + " faster");
    }
    if (parts.isEmpty()) {
      return "Nothing got slower in " + report.week();
    }
    String what = String.join(", ", parts);
    List<FoundChange> act = report.changes().actOn().shown();
    return Inert.line(act.isEmpty() ? what : what + ": " + first(act.get(0)));
  }

  private static String first(FoundChange change) {
    Cause cause = change.cause();
    return Figure.name(change.function().name())
        + " "
        + Figure.change(change.changeMs().estimate())
        + (cause == null ? "" : " (" + Figure.name(cause.name()) + ")")
        + (change.owner().isEmpty() ? "" : ", " + Figure.name(change.owner()));
  }

  /**
   * "Requests waited 4.1 h in cold starts, 1.2 h more than the week before; import timings cover 99
   * % of them."
   */
  public static String waiting(WeeklyReport report) {
    Headline headline = report.headline();
    if (!report.hasData()) {
      return "Take logs in with frostline ingest PATH, or ask for another week with --week.";
    }
    double difference = headline.waitedMs() - headline.waitedBeforeMs();
    String before =
        headline.waitedBeforeMs() == 0
            ? "nothing is known of the week before"
            : Figure.duration(difference)
                + (difference < 0 ? " less" : " more")
                + " than the week before";
    return String.format(
        "Requests waited %s in cold starts, %s; import timings cover %s of them.",
        Figure.duration(headline.waitedMs()), before, Figure.share(headline.tracedShare()));
  }

  /** "new import", or why there is no name. */
  public static String cause(FoundChange change) {
    Cause cause = change.cause();
    if (cause != null) {
      return cause.what();
    }
    if (!change.notes().isEmpty()) {
      return change.notes().get(0);
    }
    return "no single import stands out";
  }

  /** Whether a change adds so little that nobody has to act: under 1 % of the week's waiting. */
  public static boolean isSmall(WeeklyReport report, FoundChange change) {
    return change.addedWaitMs() < 0.01 * report.headline().waitedMs();
  }

  /** How many of the changes shown are small. */
  public static long small(WeeklyReport report) {
    return report.changes().actOn().shown().stream().filter(one -> isSmall(report, one)).count();
  }

  /** Whether init is billed at so little that money is no reason to act: under a dollar a month. */
  public static boolean isCheap(Money money) {
    return money.usdPerMonth() < 1;
  }

  /** "316 ms → 606 ms, host +68.0 ms of it". */
  public static String medians(FoundChange change) {
    return Figure.ms(change.medianBeforeMs())
        + " → "
        + Figure.ms(change.medianAfterMs())
        + (Double.isNaN(change.hostMs())
            ? ""
            : ", host " + Figure.change(change.hostMs()) + " of it");
  }

  /** "open for 12 days"; empty for what is new this week or gone. */
  public static String age(WeeklyReport report, FoundChange change) {
    long days = Duration.between(change.deployedAt(), report.week().until()).toDays();
    return change.open() && change.carriedOver() ? "open for " + Figure.counted(days, "day") : "";
  }

  /** Whether those that something has replaced begin here. */
  public static boolean isFirstReplaced(WeeklyReport report, FoundChange change) {
    List<FoundChange> shown = report.changes().actOn().shown();
    int at = shown.indexOf(change);
    return at > 0 && shown.get(at - 1).open();
  }

  /** The command that lists what could be deferred; empty where no import of Python is to blame. */
  public static String proposal(FoundChange change) {
    Cause cause = change.cause();
    boolean isPython = cause != null && cause.kind().equals("python module");
    return isPython && change.changeMs().estimate() > 0
        ? Shell.command(
            "frostline",
            "advise",
            "-f",
            change.function().name(),
            "--account",
            change.function().account(),
            "--region",
            change.function().region())
        : "";
  }

  /** The order of what there is to act on. */
  public static final String ORDER =
      "What is still there first, then by the waiting time it added: change × cold starts of the"
          + " week.";

  /** "41 → 42". */
  public static String pair(FoundChange change) {
    return Figure.name(change.before()) + " → " + Figure.name(change.after());
  }

  /** "+250 to +301 ms" of the 99 % interval; empty where nothing was tested. */
  public static String interval(Interval interval) {
    if (Double.isNaN(interval.low()) || Double.isNaN(interval.high())) {
      return "";
    }
    return Figure.change(interval.low()) + " to " + Figure.change(interval.high());
  }

  /** Why a comparison is on the watch list. */
  public static String watched(FoundChange change) {
    String needed =
        change.needed() > 0
            ? "; " + Figure.counted(change.needed(), "more cold start") + " needed"
            : "";
    return switch (change.verdict()) {
      case INSUFFICIENT -> "too few cold starts to judge" + needed;
      case HOST -> "not judged: " + String.join("; ", change.notes());
      case MOVED -> "cost moved, nothing saved: " + String.join("; ", change.notes());
      default -> "not shown, not excluded" + needed;
    };
  }

  /** What kind of change without a deployment of code it is. */
  public static String kind(Verdict verdict) {
    return switch (verdict) {
      case CONFIGURATION -> "configuration";
      case PLATFORM -> "platform";
      case BROAD -> "everything at once";
      case MIXED -> "platform and code";
      case HOST -> "other hosts";
      case SLOWER, FASTER, UNCHANGED, NOT_SHOWN, INSUFFICIENT, MOVED -> verdict.word();
    };
  }

  /** Since when, and whether it is still there. */
  public static String state(FoundChange change) {
    if (!change.open()) {
      return "already replaced by";
    }
    if (change.live() != null) {
      return "still " + Figure.change(change.stillMs()) + " under " + change.live();
    }
    return change.carriedOver() ? "deployed earlier, still live" : "live";
  }

  /** The price list in one sentence. */
  public static String prices(Money money) {
    PriceList prices = money.prices();
    return String.format(
        "USD per GB-second: %.10f on x86_64, %.10f on arm64; %s list price as of %s, first tier,"
            + " without free tier or discounts.",
        prices.x86Usd(), prices.armUsd(), prices.region(), prices.asOf());
  }

  /** The cost of one function; none where no start told its memory size. */
  public static String cost(Cost cost) {
    return Figure.usd(cost.coldStarts() == cost.withoutMemory() ? Double.NaN : cost.usd());
  }

  /** USD a month at the rate of a week. */
  public static double perMonth(double usdOfWeek) {
    return usdOfWeek * WEEKS_PER_MONTH;
  }

  /** What a change adds a month at the list price; NaN where nothing tells the memory size. */
  public static double usdPerMonth(Comparison comparison) {
    Configuration configuration = comparison.configuration();
    Integer memory = configuration == null ? null : configuration.memoryMb();
    if (configuration == null || memory == null) {
      return Double.NaN;
    }
    return usdPerMonth(comparison.addedMsPerWeek(), memory, configuration.architecture());
  }

  /** What a promise is worth a month: as delivered, before that as it was promised. */
  public static double usdPerMonth(Delivery delivery) {
    Comparison comparison = delivery.comparison();
    return comparison == null || Double.isNaN(delivery.deliveredMs().estimate())
        ? delivery.promise().usdPerMonth()
        : usdPerMonth(comparison);
  }

  /** "promised −216 ms [−221, −211], delivered −214 ms [−219, −209], −$41.00 a month: kept". */
  public static String promise(Delivery delivery) {
    double usd = usdPerMonth(delivery);
    boolean isKnown = !Double.isNaN(delivery.deliveredMs().estimate());
    return "promised "
        + bracketed(delivery.promise().promisedMs())
        + (isKnown ? ", delivered " + bracketed(delivery.deliveredMs()) : "")
        + (Double.isNaN(usd) ? "" : ", " + Figure.usd(usd) + " a month")
        + ": "
        + delivery.state().words();
  }

  /** "−216 ms [−221, −211]"; a dash where nothing is known. */
  public static String bracketed(Interval interval) {
    if (!Double.isFinite(interval.low()) || !Double.isFinite(interval.high())) {
      return "–";
    }
    return Figure.change(interval.estimate())
        + " ["
        + Figure.change(interval.low()).replace(" ms", "")
        + ", "
        + Figure.change(interval.high()).replace(" ms", "")
        + "]";
  }

  /** What so many milliseconds a week cost a month at the list price. */
  public static double usdPerMonth(double msPerWeek, int memoryMb, @Nullable String architecture) {
    PriceList prices = PriceList.US_EAST_1;
    boolean arm = "arm64".equals(architecture);
    double usdPerMs = memoryMb / 1024.0 * (arm ? prices.armUsd() : prices.x86Usd()) / 1000;
    return perMonth(msPerWeek * usdPerMs);
  }

  /** "If the top 3 were fixed: −$12.30 a month." */
  public static String saving(Money money) {
    if (isCheap(money)) {
      return "Init costs under a dollar a month ("
          + Figure.usd(money.total().usd())
          + " in the week): money is no reason to act, the waiting of requests is.";
    }
    return "If the top 3 were fixed: " + Figure.usd(-money.savedUsdPerMonth()) + " a month.";
  }

  /** "476 of 479 cold starts are billed for their init.", since the tile counts all. */
  public static String billed(WeeklyReport report) {
    long all = report.headline().coldStarts();
    long billed = report.money().total().coldStarts();
    return billed == all
        ? ""
        : Figure.count(billed)
            + " of "
            + Figure.counted(all, "cold start")
            + " are billed for their init and tell how long it took.";
  }

  /** "2 over, 1 near, 14 within, 3 not judged." */
  public static String budgets(BudgetOfWeek.All budgets) {
    if (hasNoBudgets(budgets)) {
      return "No budgets: write [[budget]] into frostline.toml.";
    }
    return String.format(
        "%s over, %s near (less than a tenth left), %s within, %s not judged.",
        Figure.count(budgets.over()),
        Figure.count(budgets.near()),
        Figure.count(budgets.within()),
        Figure.count(budgets.notJudged()));
  }

  static boolean hasNoBudgets(BudgetOfWeek.All budgets) {
    return budgets.over() + budgets.near() + budgets.within() + budgets.notJudged() == 0;
  }

  /** How a budget stands, in a word. */
  public static String state(BudgetOfWeek budget) {
    return switch (budget.state()) {
      case OVER -> budget.budget().level() == Budget.Level.WARN ? "▲ over (warning)" : "▲ over";
      case NEAR -> "◆ near";
      case WITHIN -> "within";
      case NOT_JUDGED ->
          budget.function() == null ? "no such function this week" : "too few cold starts";
    };
  }

  /** "402 ms → 410 ms → 431 ms → 460 ms". */
  public static String medians(Drift drift) {
    return drift.p50Ms().stream().map(Figure::ms).collect(Collectors.joining(" → "));
  }

  /** That a finding is back because nobody accepts it any longer; empty otherwise. */
  public static String acknowledgementOver(FoundChange change) {
    Acknowledgement one = change.acknowledgement();
    return one == null
        ? ""
        : "was accepted until " + Figure.day(one.until()) + " by " + one.givenBy();
  }

  /** What the price leaves open. */
  public static List<String> costNotes(Money money) {
    Cost total = money.total();
    List<String> notes = new ArrayList<>();
    if (total.pricedAsX86() > 0) {
      notes.add(
          Figure.counted(total.pricedAsX86(), "cold start")
              + " of unknown architecture priced as x86_64.");
    }
    if (total.withoutMemory() > 0) {
      notes.add(
          Figure.counted(total.withoutMemory(), "cold start")
              + " without a memory size: time counted, cost not.");
    }
    if (total.restores() > 0) {
      notes.add(
          String.format(
              "SnapStart: %s, %s billed, %s; cache and restore fees not included.",
              Figure.counted(total.restores(), "restore"),
              Figure.duration(total.restoreSeconds() * 1000),
              Figure.usd(total.restoreUsd())));
    }
    if (total.provisioned() > 0) {
      notes.add(
          Figure.counted(total.provisioned(), "start")
              + " of provisioned concurrency: paid by its own price, not here.");
    }
    return notes;
  }

  /** The week the report is about. */
  public static TrendWeek now(WeeklyReport report) {
    return report.trend().get(report.trend().size() - 1);
  }

  /**
   * Account and region where the report holds several of them; empty where the name alone is
   * enough.
   */
  public static String place(WeeklyReport report, FunctionId function) {
    return report.headline().places() > 1 ? function.account() + " " + function.region() : "";
  }

  /** Whether any of the 13 weeks had a cold start. */
  public static boolean hasTrend(WeeklyReport report) {
    return report.trend().stream().anyMatch(week -> week.coldStarts() > 0);
  }

  /** The weeks from the first with data on. */
  public static List<TrendWeek> weeks(WeeklyReport report) {
    List<TrendWeek> weeks = report.trend();
    int first = 0;
    while (first < weeks.size() - 1 && weeks.get(first).coldStarts() == 0) {
      first++;
    }
    return weeks.subList(first, weeks.size());
  }

  /** Whether the package is new, and where. */
  public static String news(SharedPackage shared) {
    if (shared.isNew()) {
      return "new in the fleet";
    }
    return shared.newFunctions() > 0
        ? "new in " + Figure.counted(shared.newFunctions(), "function")
        : "";
  }

  /** The command behind a figure. */
  static String sql(WeeklyReport report, String query) {
    if (!query.startsWith("report_")) {
      return Shell.command("frostline", "sql", query);
    }
    List<String> words =
        new ArrayList<>(
            List.of(
                "frostline",
                "sql",
                query,
                "-p",
                "since=" + report.week().monday(),
                "-p",
                "until=" + report.week().nextMonday()));
    if (PRICED.contains(query)) {
      PriceList prices = report.money().prices();
      words.addAll(
          List.of(
              "-p",
              String.format(Locale.ROOT, "usd=%.10f", prices.x86Usd()),
              "-p",
              String.format(Locale.ROOT, "arm_usd=%.10f", prices.armUsd())));
    }
    if (query.equals("report_budget_imports")) {
      words.addAll(List.of("-p", "imports=" + report.method().budgetedImports()));
    }
    return Shell.command(words.toArray(new String[0]));
  }

  /** The command that gives the verdicts, as they were at the end of the week. */
  public static String verdicts(WeeklyReport report) {
    return String.format(
        "frostline regressions --all --since %s --until %s",
        report.week().monday().minus(ChangesOfWeek.CARRIED_OVER.toDays(), ChronoUnit.DAYS),
        report.week().nextMonday());
  }

  static boolean hasImportBudgets(WeeklyReport report) {
    return !report.method().budgetedImports().isEmpty();
  }

  /** The command that makes this report again. */
  public static String reproduce(WeeklyReport report) {
    return reproduce(report.week());
  }

  /** The command that makes the report of a week. */
  public static String reproduce(Week week) {
    return "frostline report --week " + week;
  }
}
