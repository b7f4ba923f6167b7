package dev.frostline.notify;

import dev.frostline.lake.Place;
import dev.frostline.notify.Receiver.Way;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.Mail;
import dev.frostline.report.Message;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.findings.FindingLife;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of findings as they come and go. What is to be told is written down before anything is
 * sent, and crossed out receiver by receiver behind it: a run that is killed in between makes a
 * message come twice, never not at all.
 */
public final class Notifier {
  /** What was told, as an object beside the lake. */
  public static final String MEMORY = "notifications.json";

  /** What AWS did longer ago is no news. */
  private static final Duration NEWS = Duration.ofDays(14);

  private final ToldBeside memory;
  private final Policy policy;
  private final Sending sending;
  private final Outbox outbox;
  private final List<Receiver> receivers;

  /**
   * @param beside the place above the lake, or the store's folder
   * @param key what was told, as an object there
   */
  public Notifier(Place beside, String key, Policy policy, Sending sending) {
    this(beside, key, policy, sending, new Outbox(sending));
  }

  Notifier(Place beside, String key, Policy policy, Sending sending, Outbox outbox) {
    memory = new ToldBeside(beside, key);
    this.policy = policy;
    this.sending = sending;
    this.outbox = outbox;
    receivers = Receiver.of(policy, sending);
  }

  /** Whether anybody is to hear of anything. */
  public boolean hasReceivers() {
    return !receivers.isEmpty();
  }

  /**
   * Tells what is new.
   *
   * @param answer all that is known of all functions
   * @param accepted what somebody accepted is not told
   * @param deadline receivers whose turn comes later hear of it from the next run
   */
  public Outcome tell(Answer answer, List<Acknowledgement> accepted, Instant now, Instant deadline)
      throws IOException {
    return tell(answer, Coverage.ALL, accepted, now, deadline);
  }

  /** The same of an answer that speaks of some findings alone. */
  public Outcome tell(
      Answer answer,
      Coverage coverage,
      List<Acknowledgement> accepted,
      Instant now,
      Instant deadline)
      throws IOException {
    if (receivers.isEmpty()) {
      return Outcome.NOTHING;
    }
    if (!memory.lock(now)) {
      return Outcome.busy();
    }
    try {
      List<Told> told = next(answer, coverage, accepted, now);
      memory.write(told);
      Outcome.Builder outcome = new Outcome.Builder();
      List<FindingEvent> events = events(told);
      for (Receiver receiver : receivers) {
        List<FindingEvent> own = waiting(told, receiver);
        if (!own.isEmpty() && Instant.now().isAfter(deadline)) {
          outcome.failures.add(receiver.name() + ": no time was left");
        } else if (!own.isEmpty() && isSent(receiver, own, outcome)) {
          told = told.stream().map(one -> without(one, receiver)).toList();
          memory.write(told);
        }
      }
      return outcome.of(events);
    } finally {
      memory.unlock();
    }
  }

  /** What {@link #tell} would do now; nothing is sent and nothing remembered. */
  public Outcome preview(Answer answer, List<Acknowledgement> accepted, Instant now)
      throws IOException {
    List<Told> told = next(answer, Coverage.ALL, accepted, now);
    Outcome.Builder outcome = new Outcome.Builder();
    for (Receiver receiver : receivers) {
      List<FindingEvent> own = waiting(told, receiver);
      if (!own.isEmpty()) {
        outcome.told.add(shown(receiver, own));
      }
    }
    return outcome.of(events(told));
  }

  private List<Told> next(
      Answer answer, Coverage coverage, List<Acknowledgement> accepted, Instant now)
      throws IOException {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Links links = new Links(sending.page().isEmpty() ? null : sending.page(), policy);
    List<FindingEvent> known = new ArrayList<>();
    List<FindingEvent> fresh = new ArrayList<>();
    for (FindingLife life : answer.findings()) {
      FindingEvent event = FindingEvent.of(life, policy, links);
      known.add(event);
      if (isNews(life) && coverage.covers(event) && !isAccepted(life.opening(), accepted, today)) {
        fresh.add(event);
      }
    }
    for (Comparison one : answer.comparisons()) {
      if (isPlatform(one, answer) && !isAccepted(one, accepted, today)) {
        FindingEvent event = FindingEvent.of(FindingEvent.PLATFORM, one, null, policy, links);
        known.add(event);
        fresh.add(event);
      }
    }
    return new Notices(now, coverage, this::names).next(memory.read(), known, fresh);
  }

  /** Open, of code that serves on the main track, and there on two days. */
  private static boolean isNews(FindingLife life) {
    boolean persists =
        life.opening().persists() || day(life.lastStart()).isAfter(day(life.since()));
    return life.isMain() && life.isOpen() && life.serves() && persists;
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static boolean isPlatform(Comparison one, Answer answer) {
    Instant latest = answer.latest();
    boolean isAws = one.verdict() == Verdict.PLATFORM || one.verdict() == Verdict.BROAD;
    return isAws
        && latest != null
        && one.persists()
        && one.changeMs().estimate() > 0
        && one.after().since().isAfter(latest.minus(NEWS));
  }

  private static boolean isAccepted(
      Comparison opening, List<Acknowledgement> accepted, LocalDate today) {
    return accepted.stream().anyMatch(one -> one.covers(opening) && one.holdsOn(today));
  }

  private List<String> names(FindingEvent event) {
    return receivers.stream().filter(one -> one.hears(event)).map(Receiver::name).toList();
  }

  private static List<FindingEvent> events(List<Told> told) {
    return told.stream().filter(one -> !one.waiting().isEmpty()).map(Told::event).toList();
  }

  private static List<FindingEvent> waiting(List<Told> told, Receiver receiver) {
    return told.stream()
        .filter(one -> one.waiting().contains(receiver.name()))
        .map(Told::event)
        .toList();
  }

  private static Told without(Told one, Receiver receiver) {
    return one.waitingFor(
        one.waiting().stream().filter(name -> !name.equals(receiver.name())).toList());
  }

  private boolean isSent(Receiver receiver, List<FindingEvent> events, Outcome.Builder outcome) {
    try {
      if (receiver.way() == Way.EVENTS) {
        outbox.put(receiver, BusEvents.of(events));
      } else {
        outbox.send(receiver, FindingMessage.of(events, sending), null);
      }
      outcome.told.add(shown(receiver, events));
      return true;
    } catch (IOException | RuntimeException e) { // one that fails never stops the others
      outcome.failures.add(receiver.name() + ": " + e.getMessage());
      return false;
    }
  }

  private Outcome.Told shown(Receiver receiver, List<FindingEvent> events) {
    Message message = FindingMessage.of(events, sending);
    return new Outcome.Told(receiver.name(), message.subject(), Mail.of(message).text());
  }
}
