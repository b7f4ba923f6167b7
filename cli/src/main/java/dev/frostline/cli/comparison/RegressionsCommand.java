package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.store.FunctionOption;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.store.NamedQuery;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What changed from each deployment to the next. */
@Command(
    name = "regressions",
    mixinStandardHelpOptions = true,
    description = {
      "Compares each deployment of a function with the one it replaced.",
      "Lists what went live in the last 28 days of the data, and what got slower "
          + "earlier and still is."
    },
    footer = {"", "Example: frostline regressions --since 7d"})
public final class RegressionsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin FunctionOption function = new FunctionOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only deployments that went live since then, each against the one before it, "
              + "however old that is: 7d, 2026-11-16, 2026-W47.")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only cold starts before then.")
  @Nullable String until;

  @Option(
      names = "--replay",
      arity = "0..1",
      fallbackValue = "200",
      paramLabel = "N",
      description =
          "Plays N deployments that never happened (default: 200) on each function's own history"
              + " and prints how many were called slower or faster.")
  @Nullable Integer replays;

  @Option(
      names = "--all",
      description =
          "Lists every comparison of all history, including those without a "
              + "difference, which JSON always includes.")
  boolean all;

  @Option(
      names = "--persistent",
      description =
          "Lists only what showed on two days or more: for alerts, because the starts "
              + "of one day move together.")
  boolean persistent;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (replays != null) {
      replay(replays, out);
      return 0;
    }
    Listed answer = compare();
    if (output.format == OutputFormat.JSON) {
      printJson(answer, out);
    } else if (output.format == OutputFormat.TABLE) {
      printTable(answer, out);
    } else {
      ComparisonGrid.of(shown(answer.open()), output.format).print(output.format, out);
    }
    out.flush();
    return 0;
  }

  /**
   * What is listed, and what of it was accepted and still is.
   *
   * @param findings every slowdown with what became of it
   * @param newest the newest cold start; null without any
   * @param sharedNames names that stand for several functions of the store
   */
  private record Listed(
      List<Comparison> comparisons,
      Map<Comparison, Acknowledgement> acknowledged,
      List<FindingLife> findings,
      @Nullable Instant newest,
      Set<String> sharedNames) {
    List<Comparison> open() {
      return comparisons.stream().filter(one -> !acknowledged.containsKey(one)).toList();
    }
  }

  private void replay(int times, PrintWriter out) {
    if (times < 1) {
      throw new Failure(Failure.USAGE, "--replay needs at least one replay, not " + times);
    }
    try (Store opened = Store.openReadOnly(store.file)) {
      new ReplayOutput(
              new Judge(Thresholds.DEFAULT)
                  .replay(
                      new StoredHistories(opened.connection()),
                      function.query(since, until),
                      times))
          .print(output.format, out);
    }
  }

  private Listed compare() {
    try (Store opened = Store.openReadOnly(store.file)) {
      Query query = function.query(since, until);
      Answer answer =
          new Judge(Thresholds.DEFAULT).answer(new StoredHistories(opened.connection()), query);
      List<Comparison> comparisons = listed(answer, query.since());
      LocalDate today = LocalDate.now(ZoneOffset.UTC);
      Map<Comparison, Acknowledgement> acknowledged = new LinkedHashMap<>();
      for (Acknowledgement one : new Acknowledgements(opened.connection()).all()) {
        comparisons.stream()
            .filter(comparison -> one.holdsOn(today) && one.covers(comparison))
            .forEach(comparison -> acknowledged.put(comparison, one));
      }
      Set<String> sharedNames =
          Set.copyOf(
              NamedQuery.of("shared_names")
                  .rows(opened.connection(), row -> Objects.requireNonNull(row.getString("name"))));
      return new Listed(comparisons, acknowledged, answer.findings(), answer.latest(), sharedNames);
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot compare deployments: " + e.getMessage());
    }
  }

  private List<Comparison> listed(Answer answer, @Nullable Instant from) {
    if (from != null) {
      return answer.since(from);
    }
    return all ? answer.comparisons() : answer.recent();
  }

  private List<Comparison> shown(List<Comparison> comparisons) {
    List<Comparison> shown = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      if (persistent ? persists(comparison) : all || comparison.verdict().isFinding()) {
        shown.add(comparison);
      }
    }
    return shown;
  }

  private static boolean persists(Comparison comparison) {
    return comparison.verdict().isFinding() && comparison.persists();
  }

  private void printJson(Listed found, PrintWriter out) {
    Map<String, Object> answer = JsonOutput.answer();
    List<Object> list = new ArrayList<>();
    for (Comparison comparison : found.comparisons()) {
      Map<String, @Nullable Object> json = ComparisonJson.of(comparison);
      Acknowledgement accepted = found.acknowledged().get(comparison);
      if (accepted != null) {
        json.put("acknowledged", ComparisonJson.of(accepted));
      }
      list.add(json);
    }
    answer.put("comparisons", list);
    answer.put("findings", found.findings().stream().map(ComparisonJson::of).toList());
    if (found.newest() != null) {
      answer.put("newest_cold_start", found.newest().toString());
    }
    JsonOutput.print(out, answer);
  }

  private void printTable(Listed answer, PrintWriter out) {
    List<Comparison> comparisons = answer.open();
    List<Comparison> shown = Judge.rankedByCost(shown(comparisons));
    shown.sort(Comparator.comparingInt(comparison -> order(comparison.verdict())));
    if (answer.comparisons().isEmpty()) {
      out.println(nothing(answer));
      return;
    }
    Integer width = Columns.ofTerminal();
    RegressionsTable table =
        new RegressionsTable(shown, ConfigOptions.settings(spec).policy(), answer.sharedNames());
    if (!shown.isEmpty()) {
      table.print(width, out);
    }
    int others = comparisons.size() - shown.size();
    if (others > 0) {
      out.printf(
          " ~ %d other%s: no difference shown%s   (--all lists them)%n",
          others, others == 1 ? "" : "s", persistent ? ", or on one day only" : "");
    }
    answer.acknowledged().forEach((comparison, one) -> printAccepted(comparison, one, out));
    answer.findings().stream()
        .filter(life -> life.isOpen() && comparisons.contains(life.opening()))
        .forEach(life -> printOpen(life, answer, out));
    out.println();
    Columns.wrapped(counts(comparisons) + " · rule: " + rule(comparisons), width)
        .forEach(out::println);
    if (shown.stream().anyMatch(Comparison::isHostSeen)) {
      String hosts =
          "INIT MEDIAN is as measured, on slower and faster hosts; CHANGE is at equal speed";
      Columns.wrapped(hosts, width).forEach(out::println);
    }
    table.printFootnotes(width, out);
    if (!shown.isEmpty()) {
      Comparison first = shown.get(0);
      out.println("Next: " + explain(first, answer.sharedNames().contains(first.function())));
    }
  }

  /** Why there is nothing to list, and when the newest cold start was. */
  private String nothing(Listed answer) {
    if (answer.newest() == null) {
      return "Nothing to compare: no cold starts that count in "
          + store.name
          + " for this question.";
    }
    String newest = " The newest cold start was at " + answer.newest() + ".";
    boolean isEarlier = since != null || !all;
    if (since != null && !answer.findings().isEmpty()) {
      return "No deployment that changed its function went live since then; earlier ones: --all."
          + newest;
    }
    return isEarlier && !answer.findings().isEmpty()
        ? "Nothing changed in the last 28 days and nothing is open; earlier changes: --all."
            + newest
        : "Nothing to compare: no function in "
            + store.name
            + " has two deployments"
            + (isEarlier ? " of that time" : "")
            + ", or a change in its history, with cold starts that count."
            + newest;
  }

  /** What an earlier deployment brought and the live one keeps, with its age. */
  private static void printOpen(FindingLife life, Listed answer, PrintWriter out) {
    if (life.live() != null && !life.live().equals(life.openedBy()) && answer.newest() != null) {
      String open =
          " open: "
              + life.opening().function()
              + " "
              + FindingText.still(life, answer.newest())
              + ", live: "
              + life.live();
      Columns.wrapped(SafeText.of(open), Columns.ofTerminal()).forEach(out::println);
    }
  }

  private String explain(Comparison comparison, boolean isSharedName) {
    List<String> words = new ArrayList<>(List.of("explain", comparison.function()));
    words.add(comparison.before().deployment() + ".." + comparison.after().deployment());
    words.addAll(
        isSharedName
            ? List.of("--account", comparison.account(), "--region", comparison.region())
            : function.where.words());
    return store.command(words);
  }

  /** The rules that these comparisons were judged by: with import timings, without, or both. */
  private static String rule(List<Comparison> comparisons) {
    boolean anyTraced = comparisons.stream().anyMatch(RegressionsCommand::isTraced);
    boolean anyUntraced = comparisons.stream().anyMatch(one -> !isTraced(one));
    String traced = "99.9 % interval beyond max(2 ms, 1 % of init)";
    String untraced = "medians of days at p ≤ 0.0025 beyond max(2 ms, 5 % of init)";
    return !anyUntraced
        ? traced
        : !anyTraced ? untraced : traced + "; without import timings, " + untraced;
  }

  private static boolean isTraced(Comparison comparison) {
    int least = Thresholds.DEFAULT.minTraced();
    return comparison.before().traced() >= least && comparison.after().traced() >= least;
  }

  private static void printAccepted(Comparison comparison, Acknowledgement one, PrintWriter out) {
    out.println(
        SafeText.of(
            String.format(
                " accepted until %s by %s: %s %s → %s %s   %s",
                one.until(),
                one.givenBy(),
                one.function(),
                one.before(),
                one.after(),
                ComparisonText.change(comparison),
                one.reason())));
  }

  private static int order(Verdict verdict) {
    return switch (verdict) {
      case SLOWER, BROAD, MIXED -> 0;
      case PLATFORM, CONFIGURATION -> 1;
      case MOVED -> 2;
      case FASTER -> 3;
      case NOT_SHOWN, INSUFFICIENT, UNCHANGED, HOST -> 4;
    };
  }

  private static String counts(List<Comparison> comparisons) {
    Map<Verdict, Integer> counts = new TreeMap<>();
    for (Comparison comparison : comparisons) {
      counts.merge(comparison.verdict(), 1, Integer::sum);
    }
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (verdict, count) ->
            text.append(text.length() == 0 ? "" : " · ")
                .append(count)
                .append(' ')
                .append(verdict.word().replace('_', ' ')));
    return text.toString();
  }
}
