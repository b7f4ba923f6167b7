package dev.frostline.report;

import dev.frostline.report.WeeklyReport.Cause;
import dev.frostline.report.WeeklyReport.Found;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.RuntimePatch;
import dev.frostline.report.WeeklyReport.ScaleOut;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The report as Markdown for a pull request, a wiki or a chat: at most {@value #MOST_BYTES} bytes.
 */
public final class ReportText {
  /** GitHub takes 64 kB in a comment. */
  static final int MOST_BYTES = 60_000;

  private static final String CUT = "\n\nCut here: the HTML report has the rest.\n";

  private final WeeklyReport report;
  private final Markdown out = new Markdown();

  private ReportText(WeeklyReport report) {
    this.report = report;
  }

  /** The whole report, section by section as in the page. */
  public static String markdown(WeeklyReport report) {
    ReportText text = new ReportText(report);
    text.head();
    text.actOn();
    text.withoutDeploy();
    text.faster();
    new FleetText(report, text.out).write();
    text.watch();
    text.health();
    text.method();
    return cut(Inert.page(text.out.toString()));
  }

  /** At the end of the last whole line that fits. */
  static String cut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_BYTES) {
      return text;
    }
    int end = MOST_BYTES - CUT.length();
    while (bytes[end] != '\n') {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
  }

  private void head() {
    out.line(
        "# " + Phrase.symbol(report) + " " + Phrase.word(report) + ": " + Phrase.verdict(report));
    out.line("");
    out.line(
        "Frostline, week "
            + report.week()
            + " ("
            + Figure.days(report.week())
            + ", UTC). "
            + Phrase.waiting(report));
  }

  private void actOn() {
    Found found = report.changes().actOn();
    out.heading("Act on these");
    if (found.shown().isEmpty()) {
      out.line("Nothing to do.");
    }
    for (int i = 0; i < found.shown().size(); i++) {
      act(i + 1, found.shown().get(i));
    }
    more(found, "frostline regressions");
  }

  private void act(int number, FoundChange change) {
    out.line(
        String.format(
            "%d. ▲ %s %s → %s: **%s (%s)**, %s over %s",
            number,
            Markdown.name(change.function().name()),
            Markdown.name(change.before()),
            Markdown.name(change.after()),
            Figure.change(change.changeMs().estimate()),
            Figure.changePct(change.changePct()),
            Figure.addedDuration(change.addedWaitMs()),
            Figure.counted(change.coldStartsHit(), "cold start")));
    out.line("   - " + cause(change));
    out.line(
        String.format(
            "   - deployed %s, %s; median %s → %s, n = %s → %s%s",
            Figure.time(change.deployedAt()),
            state(change),
            Figure.ms(change.medianBeforeMs()),
            Figure.ms(change.medianAfterMs()),
            Figure.count(change.startsBefore()),
            Figure.count(change.startsAfter()),
            place(change.function())));
    out.line("   - " + Markdown.code(change.command()));
  }

  private void withoutDeploy() {
    out.heading("Changed without a deployment of code");
    Found found = report.changes().withoutDeploy();
    List<RuntimePatch> patches = report.changes().patches();
    List<ScaleOut> scaleOut = report.changes().scaleOut();
    if (found.shown().isEmpty() && patches.isEmpty() && scaleOut.isEmpty()) {
      out.line("No change of platform or configuration.");
    }
    changes(found, "What changed");
    if (!patches.isEmpty()) {
      out.line("");
      out.head("lllrr", "Function", "Runtime version", "First seen", "Median init", "n");
    }
    for (RuntimePatch patch : patches) {
      out.row(
          Markdown.name(patch.function().name()) + " " + Markdown.name(patch.deployment()),
          Markdown.name(patch.before()) + " → " + Markdown.name(patch.after()),
          Figure.time(patch.firstSeen()),
          Figure.ms(patch.medianBeforeMs()) + " → " + Figure.ms(patch.medianAfterMs()),
          Figure.count(patch.startsBefore()) + " → " + Figure.count(patch.startsAfter()));
    }
    if (!scaleOut.isEmpty()) {
      out.line("");
      out.head("lrr", "More cold starts", "Week before", "This week");
    }
    for (ScaleOut more : scaleOut) {
      out.row(
          Markdown.name(more.function().name()),
          Figure.count(more.coldStartsBefore()),
          Figure.count(more.coldStarts()));
    }
  }

  private void faster() {
    out.heading("Got faster");
    if (report.changes().faster().shown().isEmpty()) {
      out.line("No deployment made cold starts faster.");
    }
    changes(report.changes().faster(), "Cause");
  }

  private void watch() {
    out.heading("Watch list");
    Found found = report.changes().watch();
    if (found.shown().isEmpty()) {
      out.line("Nothing: every deployment of the week is told above.");
      return;
    }
    out.head("llrr", "Function", "Why", "n", "Change so far");
    for (FoundChange change : found.shown()) {
      out.row(
          deployment(change),
          Markdown.words(Phrase.watched(change)),
          Figure.count(change.startsBefore()) + " → " + Figure.count(change.startsAfter()),
          Figure.change(change.changeMs().estimate()));
    }
    more(found, "frostline regressions --all");
  }

  private void health() {
    out.heading("Coverage and data health");
    new HealthText(report, out).write();
    out.line("\nAsk again: " + Markdown.code(Phrase.sql(report, "report_functions")));
  }

  private void method() {
    out.heading("How this was judged");
    for (MethodNotes.Term term : MethodNotes.of(report)) {
      out.line("- " + term.name() + ": " + Markdown.words(term.text()));
    }
    out.line("- Make it again: " + Markdown.code(Phrase.reproduce(report)));
  }

  private void changes(Found found, String what) {
    if (found.shown().isEmpty()) {
      return;
    }
    out.head(
        "lllrrrr", "Function", what, "Deployed", "Median init", "Change", "Cold starts", "Waiting");
    for (FoundChange change : found.shown()) {
      out.row(
          deployment(change),
          cause(change),
          Figure.time(change.deployedAt()),
          Figure.ms(change.medianBeforeMs()) + " → " + Figure.ms(change.medianAfterMs()),
          Figure.change(change.changeMs().estimate())
              + " ("
              + Figure.changePct(change.changePct())
              + ")",
          Figure.count(change.coldStartsHit()),
          Figure.addedDuration(change.addedWaitMs()));
    }
    more(found, "frostline regressions");
  }

  private void more(Found found, String command) {
    if (found.more() > 0) {
      out.line("\n" + Figure.count(found.more()) + " more: " + Markdown.code(command));
    }
  }

  private String place(FunctionId function) {
    String place = Phrase.place(report, function);
    return place.isEmpty() ? "" : "; " + Markdown.name(place);
  }

  private static String deployment(FoundChange change) {
    return Markdown.name(change.function().name())
        + " "
        + Markdown.name(change.before())
        + " → "
        + Markdown.name(change.after());
  }

  private static String cause(FoundChange change) {
    Cause cause = change.cause();
    if (cause == null) {
      return Markdown.words(Phrase.cause(change));
    }
    String more =
        change.moreCauses() > 0 ? ", and " + Figure.count(change.moreCauses()) + " more" : "";
    return cause.what()
        + " "
        + Markdown.name(cause.name())
        + " "
        + Figure.change(cause.changeMs())
        + more;
  }

  private static String state(FoundChange change) {
    String by = change.replacedBy();
    return Phrase.state(change) + (by == null ? "" : " " + Markdown.name(by));
  }
}
