package dev.frostline.report;

import dev.frostline.report.WeeklyReport.Cause;
import dev.frostline.report.WeeklyReport.FoundChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is told to people who open nothing: the week, or findings as they come. Mail, Slack and
 * Teams show the same one.
 *
 * @param eyebrow what it is about, small print above
 * @param heading the result in a sentence
 * @param subject the same in at most so many words as a subject line holds
 * @param summary one sentence more; empty for none
 * @param items what there is to act on, the worst first
 * @param notes what else there is, a line each
 * @param link where the rest is; empty where nobody can open it
 * @param linkText what is there
 */
public record Message(
    String eyebrow,
    Tone tone,
    String heading,
    String subject,
    String summary,
    List<Item> items,
    List<String> notes,
    String link,
    String linkText) {
  private static final int SUBJECT_SHOWN = 150;

  public Message {
    items = List.copyOf(items);
    notes = List.copyOf(notes);
    subject = cut(Inert.line(subject));
  }

  /** Which way it went; the sign says it without colour. */
  public enum Tone {
    SLOWER("▲", "slower", "#a0430a"),
    FASTER("▼", "faster", "#0b5cad"),
    OTHER("◆", "other", "#1b2026");

    private final String sign;
    private final String word;
    private final String ink;

    Tone(String sign, String word, String ink) {
      this.sign = sign;
      this.word = word;
      this.ink = ink;
    }

    public String sign() {
      return sign;
    }

    /** The class of the style sheet. */
    public String word() {
      return word;
    }

    /** Its colour on light paper. */
    public String ink() {
      return ink;
    }
  }

  /**
   * One finding.
   *
   * @param title function and deployments
   * @param link to the comparison; empty where there is no page
   * @param figure the change in ms
   * @param share the change in %
   * @param cause the first suspect, or why there is none
   * @param owner the team; empty where nobody is known
   * @param details the rest of what one wants to know
   * @param commits link to what was committed; empty where nobody says
   */
  public record Item(
      Tone tone,
      String title,
      String link,
      String figure,
      String share,
      String cause,
      String owner,
      String details,
      String commits) {}

  /**
   * The week of the whole fleet.
   *
   * @param whole where the whole report is; empty where nobody can open it
   * @param isAttached whether it comes along as a file
   */
  public static Message of(WeeklyReport report, Links links, String whole, boolean isAttached) {
    List<Item> items = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (FoundChange change : report.changes().actOn().shown()) {
      if (!Phrase.isSmall(report, change)) {
        items.add(item(report, change, links));
      }
    }
    if (Phrase.small(report) > 0) {
      notes.add(
          Figure.counted(Phrase.small(report), "small one") + ": under 1 % of the week's waiting.");
    }
    return week(report, "", Phrase.waiting(report), items, notes, whole, isAttached);
  }

  /**
   * The week of some teams: all that is theirs, however small beside the fleet.
   *
   * @param report of their functions
   */
  public static Message ofTeams(
      WeeklyReport report, Set<String> teams, Links links, String whole, boolean isAttached) {
    List<Item> items =
        report.changes().actOn().shown().stream().map(one -> item(report, one, links)).toList();
    return week(
        report,
        " · " + Inert.line(String.join(", ", new TreeSet<>(teams))),
        "The whole fleet: " + Phrase.waiting(report),
        items,
        new ArrayList<>(),
        whole,
        isAttached);
  }

  private static Message week(
      WeeklyReport report,
      String whose,
      String summary,
      List<Item> items,
      List<String> notes,
      String whole,
      boolean isAttached) {
    if (report.changes().actOn().more() > 0) {
      notes.add(Figure.count(report.changes().actOn().more()) + " more in the report.");
    }
    if (whole.isEmpty() && isAttached) {
      notes.add("The whole report is attached.");
    }
    return new Message(
        "week " + report.week() + " · " + Figure.days(report.week()) + ", UTC" + whose,
        Phrase.word(report).equals("Slower") ? Tone.SLOWER : Tone.FASTER,
        Phrase.word(report) + ": " + Phrase.verdict(report),
        Phrase.subject(report),
        summary,
        items,
        notes,
        whole,
        "The whole report");
  }

  private static Item item(WeeklyReport report, FoundChange change, Links links) {
    Cause cause = change.cause();
    String by = change.replacedBy() == null ? "" : " " + Figure.name(change.replacedBy());
    return new Item(
        Tone.SLOWER,
        Figure.name(change.function().name()) + " " + Phrase.pair(change),
        links.comparison(change, report.week()),
        Figure.change(change.changeMs().estimate()),
        Figure.changePct(change.changePct()),
        cause == null ? Phrase.cause(change) : cause.words(),
        Figure.name(change.owner()),
        joined(
            Phrase.age(report, change),
            Phrase.state(change) + by,
            "since " + Figure.time(change.deployedAt()),
            Figure.addedDuration(change.addedWaitMs())
                + " of waiting over "
                + Figure.counted(change.coldStartsHit(), "cold start")),
        links.commits(change));
  }

  /** What is there of it, between dots. */
  public static String joined(String... parts) {
    List<String> there = new ArrayList<>(List.of(parts));
    there.removeIf(String::isEmpty);
    return String.join(" · ", there);
  }

  private static String cut(String subject) {
    return subject.length() <= SUBJECT_SHOWN ? subject : subject.substring(0, SUBJECT_SHOWN) + "…";
  }
}
