package dev.frostline.report;

import dev.frostline.report.WeeklyReport.Cause;
import dev.frostline.report.WeeklyReport.Found;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.Promised;
import dev.frostline.report.WeeklyReport.RuntimePatch;
import dev.frostline.report.WeeklyReport.ScaleOut;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The report as Markdown or plain text, section by section as in the page. */
public final class ReportText {
  /** GitHub takes 64 kB in a comment. */
  static final int MOST_BYTES = 60_000;

  private static final String CUT = "\n\nCut here: the HTML report has the rest.\n";

  private final WeeklyReport report;
  private final TextPage out;
  private final Set<String> told = new HashSet<>();

  private ReportText(WeeklyReport report, TextPage out) {
    this.report = report;
    this.out = out;
  }

  /** For a pull request, a wiki or a chat: at most {@value #MOST_BYTES} bytes. */
  public static String markdown(WeeklyReport report) {
    return cut(text(report, new Markdown()));
  }

  /** For a mail or a chat that shows no markup. */
  public static String plain(WeeklyReport report) {
    return text(report, new PlainText());
  }

  private static String text(WeeklyReport report, TextPage out) {
    ReportText text = new ReportText(report, out);
    PolicyText policy = new PolicyText(report, out);
    FleetText fleet = new FleetText(report, out);
    text.head();
    for (Section section : Section.values()) {
      if (section.isEmpty(report)) {
        continue;
      }
      if (section == Section.METHOD && !Section.empty(report).isEmpty()) {
        out.line("\n" + Section.empty(report));
      }
      out.heading(section.title());
      switch (section) {
        case ACT_ON -> text.actOn();
        case WITHOUT_DEPLOY -> text.withoutDeploy();
        case FASTER -> text.faster();
        case TREND -> fleet.trend();
        case MONEY -> fleet.money();
        case SHARED_WEIGHT -> fleet.shared();
        case BUDGETS -> policy.budgets();
        case WATCH -> policy.watch();
        case ACKNOWLEDGED -> policy.acknowledged();
        case HEALTH -> new HealthText(report, out).write();
        case METHOD -> text.method();
      }
      text.sources(section);
    }
    return Inert.page(out.toString());
  }

  /** The commands behind a section, each where it is first of use. */
  private void sources(Section section) {
    out.line("");
    for (Section.Source source : section.sources(report)) {
      if (told.add(source.command())) {
        out.line("Query: " + out.code(source.command()) + "  ");
      }
    }
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
    out.title(Phrase.symbol(report) + " " + Phrase.word(report) + ": " + Phrase.verdict(report));
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
    out.line(found.shown().isEmpty() ? "Nothing to do." : Phrase.ORDER + "\n");
    for (int i = 0; i < found.shown().size(); i++) {
      act(i + 1, found.shown().get(i));
    }
    PolicyText.more(report, found, out);
  }

  private void act(int number, FoundChange change) {
    out.line(
        String.format(
            "%d. ▲ %s %s → %s: %s, %s over %s",
            number,
            out.name(change.function().name()),
            out.name(change.before()),
            out.name(change.after()),
            out.strong(
                Figure.change(change.changeMs().estimate())
                    + " ("
                    + Figure.changePct(change.changePct())
                    + ")"),
            Figure.addedDuration(change.addedWaitMs()),
            Figure.counted(change.coldStartsHit(), "cold start")));
    out.line("   - " + cause(change));
    out.line(
        String.format(
            "   - deployed %s, %s; median %s, n = %s → %s%s",
            Figure.time(change.deployedAt()),
            Message.joined(Phrase.age(report, change), state(change)),
            Phrase.medians(change),
            Figure.count(change.startsBefore()),
            Figure.count(change.startsAfter()),
            place(change.function())));
    String over = Phrase.acknowledgementOver(change);
    if (!over.isEmpty()) {
      out.line("   - " + out.words(over));
    }
    if (!change.owner().isEmpty()) {
      out.line("   - owner: " + out.name(change.owner()));
    }
    out.line("   - " + out.code(change.command()));
  }

  private void withoutDeploy() {
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
          out.name(patch.function().name()) + " " + out.name(patch.deployment()),
          out.name(patch.before()) + " → " + out.name(patch.after()),
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
          out.name(more.function().name()),
          Figure.count(more.coldStartsBefore()),
          Figure.count(more.coldStarts()));
    }
  }

  private void faster() {
    if (report.changes().faster().shown().isEmpty()) {
      out.line("Nothing made cold starts faster.");
    }
    changes(report.changes().faster(), "Cause");
    promises();
  }

  private void promises() {
    if (report.promised().isEmpty()) {
      return;
    }
    out.line("");
    out.head("lllrrr", "Promised", "Change", "State", "Promise", "Delivered", "A month");
    for (Promised one : report.promised()) {
      out.row(
          out.name(one.function().name()),
          out.name(one.change()),
          one.state(),
          Phrase.bracketed(one.promisedMs()),
          Phrase.bracketed(one.deliveredMs()),
          Figure.usd(one.usdPerMonth()));
    }
  }

  private void method() {
    for (MethodNotes.Term term : MethodNotes.of(report)) {
      out.line("- " + term.name() + ": " + out.words(term.text()));
    }
    out.line("- Make it again: " + out.code(Phrase.reproduce(report)));
  }

  private void changes(Found found, String what) {
    if (found.shown().isEmpty()) {
      return;
    }
    out.head(
        "lllrrrr", "Function", what, "Deployed", "Median init", "Change", "Cold starts", "Waiting");
    for (FoundChange change : found.shown()) {
      out.row(
          PolicyText.deployment(change, out),
          cause(change),
          Figure.time(change.deployedAt()),
          Phrase.medians(change),
          Figure.change(change.changeMs().estimate())
              + " ("
              + Figure.changePct(change.changePct())
              + ")",
          Figure.count(change.coldStartsHit()),
          Figure.addedDuration(change.addedWaitMs()));
    }
    PolicyText.more(report, found, out);
  }

  private String place(FunctionId function) {
    String place = Phrase.place(report, function);
    return place.isEmpty() ? "" : "; " + out.name(place);
  }

  private String cause(FoundChange change) {
    Cause cause = change.cause();
    if (cause == null) {
      return out.words(Phrase.cause(change));
    }
    String more =
        change.moreCauses() > 0 ? ", and " + Figure.count(change.moreCauses()) + " more" : "";
    return cause.what()
        + " "
        + out.name(cause.name())
        + " "
        + Figure.change(cause.changeMs())
        + more;
  }

  private String state(FoundChange change) {
    String by = change.replacedBy();
    return Phrase.state(change) + (by == null ? "" : " " + out.name(by));
  }
}
