package dev.frostline.cli.report;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.lake.Place;
import dev.frostline.notify.Notifier;
import dev.frostline.notify.Outcome;
import dev.frostline.notify.Sending;
import dev.frostline.notify.WeeklyNotice;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.ReportPage;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import dev.frostline.report.Weeks;
import dev.frostline.report.picture.WeekPictures;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells people of new findings, or of the week. */
@Command(
    name = "notify",
    mixinStandardHelpOptions = true,
    description = {
      "Tells owners about findings that are new or over, once each: on the Slack, Teams "
          + "and mail of their [[owner]] in frostline.toml, and on EventBridge.",
      "What was told is remembered beside the lake, or beside the store's file."
    },
    footer = {
      "",
      "Example: frostline notify --db s3://BUCKET/lake --dry-run",
      "         frostline notify --db s3://BUCKET/lake --page https://frostline.example.com",
      "         frostline notify --week --mail-from frostline@example.com"
    })
public final class NotifyCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--dry-run", description = "Prints what would be sent, and sends nothing.")
  boolean dryRun;

  @Option(
      names = "--week",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "WEEK",
      description =
          "Sends each owner their part of a week's report instead, e.g. 2026-W41 (default: the "
              + "latest whole week with cold starts).")
  @Nullable String week;

  @Option(
      names = "--page",
      paramLabel = "URL",
      defaultValue = "${FROSTLINE_PAGE:-}",
      description = "Where frostline serve can be reached; links lead there (FROSTLINE_PAGE).")
  String page = "";

  @Option(
      names = "--mail-from",
      paramLabel = "ADDRESS",
      defaultValue = "${FROSTLINE_MAIL_FROM:-}",
      description = "Sender of the mails (FROSTLINE_MAIL_FROM).")
  String mailFrom = "";

  @Option(
      names = "--smtp",
      paramLabel = "URL",
      defaultValue = "${FROSTLINE_SMTP:-}",
      description =
          "Mail server, smtp://USER@HOST:587 or smtps://… (FROSTLINE_SMTP; default: SES). The"
              + " password is in FROSTLINE_SMTP_PASSWORD.")
  String smtp = "";

  @Option(
      names = "--event-bus",
      paramLabel = "BUS",
      defaultValue = "${FROSTLINE_EVENT_BUS:-}",
      description = "EventBridge bus that gets every event (FROSTLINE_EVENT_BUS).")
  String eventBus = "";

  @Option(
      names = "--topic",
      paramLabel = "ARN",
      defaultValue = "${FROSTLINE_TOPIC:-}",
      description = "SNS topic that gets every message as text (FROSTLINE_TOPIC).")
  String topic = "";

  Map<String, String> environment = System.getenv();
  Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    Policy policy = ConfigOptions.settings(spec).policy();
    List<String> to = Sending.addresses(environment.getOrDefault("FROSTLINE_MAIL_TO", ""));
    Sending sending = new Sending(page, mailFrom, to, smtp, eventBus, topic, environment);
    Outcome outcome = week == null ? findings(policy, sending) : week(policy, sending, week);
    if (output.format == OutputFormat.JSON) {
      printJson(outcome);
    } else if (output.format != OutputFormat.OFF) {
      print(outcome);
    }
    outcome
        .failures()
        .forEach(
            failure ->
                spec.commandLine()
                    .getErr()
                    .println(
                        "frostline: not told: "
                            + SafeText.of(failure)
                            + ". The next run"
                            + " tries again."));
    return outcome.failures().isEmpty() ? 0 : Failure.COULD_NOT;
  }

  private Outcome findings(Policy policy, Sending sending) {
    try (Store opened = Store.openReadOnly(store.file);
        Place beside = Place.at(place(), null)) {
      Connection connection = opened.connection();
      Notifier notifier = new Notifier(beside, memory(), policy, sending);
      requireReceivers(notifier.hasReceivers());
      Answer answer =
          new Judge(Thresholds.DEFAULT).answer(new StoredHistories(connection), Query.ALL);
      Acknowledgements accepted = new Acknowledgements(connection);
      return dryRun
          ? notifier.preview(answer, accepted.all(), clock.instant())
          : notifier.tell(answer, accepted.all(), clock.instant(), Instant.MAX);
    } catch (SQLException | IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot tell of findings: " + e.getMessage());
    }
  }

  private Outcome week(Policy policy, Sending sending, String asked) {
    try (Store opened = Store.openReadOnly(store.file)) {
      Weeks weeks = new Weeks(opened.connection(), policy);
      WeeklyReport whole =
          asked.isEmpty()
              ? ReportCommand.latestWhole(opened.connection(), weeks)
              : weeks.of(ReportCommand.parsed(asked));
      WeeklyNotice notice = new WeeklyNotice(policy, sending);
      requireReceivers(notice.hasReceivers());
      Week told = whole.week();
      Links links = new Links(page.isEmpty() ? null : page.replaceFirst("/+$", ""), policy);
      return dryRun
          ? notice.preview(whole, teams -> weeks.of(told, teams))
          : notice.tell(
              whole,
              teams -> weeks.of(told, teams),
              ReportPage.html(whole, links, WeekPictures.read(opened.connection(), whole)),
              "");
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot make the report: " + e.getMessage());
    }
  }

  private static void requireReceivers(boolean anybody) {
    if (!anybody) {
      throw new Failure(
          Failure.USAGE,
          "Nobody is to be told. Give an [[owner]] of frostline.toml a slack, teams or mail, or"
              + " name a --event-bus or --topic.");
    }
  }

  /** Beside the lake, or the folder of the store's file. */
  private String place() {
    String lake = store.lake();
    Path file = store.file.toAbsolutePath();
    return lake == null ? String.valueOf(file.getParent()) : Place.above(lake);
  }

  private String memory() {
    return store.isLake() ? Notifier.MEMORY : store.file.getFileName() + "." + Notifier.MEMORY;
  }

  private void print(Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    if (outcome.isBusy()) {
      out.println("Another run is telling just now; nothing was done.");
      return;
    }
    if (outcome.told().isEmpty() && outcome.failures().isEmpty()) {
      out.println("Nothing new to tell.");
    }
    for (Outcome.Told one : outcome.told()) {
      out.println(
          SafeText.of((dryRun ? "Would tell " : "Told ") + one.receiver() + ": " + one.subject()));
      if (dryRun) {
        one.text().lines().forEach(line -> out.println(SafeText.of("  " + line).stripTrailing()));
      }
    }
    out.flush();
  }

  private void printJson(Outcome outcome) {
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("sent", !dryRun);
    answer.put("busy", outcome.isBusy());
    answer.put("events", outcome.events());
    List<Object> told = new ArrayList<>();
    for (Outcome.Told one : outcome.told()) {
      Map<String, Object> receiver = new LinkedHashMap<>();
      receiver.put("receiver", one.receiver());
      receiver.put("subject", one.subject());
      receiver.put("text", one.text());
      told.add(receiver);
    }
    answer.put("told", told);
    answer.put("failures", outcome.failures());
    JsonOutput.print(spec.commandLine().getOut(), answer);
  }
}
