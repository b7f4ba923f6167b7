package dev.frostline.notify;

import dev.frostline.notify.Outbox.Attachment;
import dev.frostline.notify.Receiver.Way;
import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.Mail;
import dev.frostline.report.Message;
import dev.frostline.report.WeeklyReport;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Monday's report, to the same receivers: each owner gets its part, who hears of everything the
 * whole.
 */
public final class WeeklyNotice {
  private final Links links;
  private final Outbox outbox;
  private final List<Receiver> receivers;

  public WeeklyNotice(Policy policy, Sending sending) {
    this(policy, sending, new Outbox(sending));
  }

  WeeklyNotice(Policy policy, Sending sending, Outbox outbox) {
    links = new Links(sending.page().isEmpty() ? null : sending.page(), policy);
    this.outbox = outbox;
    receivers = Receiver.of(policy, sending);
  }

  /** Whether anybody is to hear of the week. */
  public boolean hasReceivers() {
    return receivers.stream().anyMatch(one -> one.way() != Way.EVENTS);
  }

  /** Makes the report of some teams' functions. */
  public interface OfTeams {
    WeeklyReport of(Set<String> teams);
  }

  /**
   * Tells everybody.
   *
   * @param whole report of all functions
   * @param page the same as the file that goes with mails
   * @param signed where it can be read for a while; empty where it cannot
   */
  public Outcome tell(WeeklyReport whole, OfTeams part, String page, String signed) {
    Outcome.Builder outcome = new Outcome.Builder();
    Attachment file = new Attachment("frostline-" + whole.week() + ".html", page);
    Map<Receiver, Message> messages = messages(whole, part, signed);
    for (Receiver receiver : receivers) {
      Message message = messages.get(receiver);
      if (message == null) {
        continue;
      }
      try {
        outbox.send(receiver, message, file);
        outcome.told.add(shown(receiver, message));
      } catch (IOException | RuntimeException e) { // one that fails never stops the others
        outcome.failures.add(receiver.name() + ": " + e.getMessage());
      }
    }
    return outcome.of(List.of());
  }

  /** What {@link #tell} would do; nothing is sent. */
  public Outcome preview(WeeklyReport whole, OfTeams part) {
    Outcome.Builder outcome = new Outcome.Builder();
    Map<Receiver, Message> messages = messages(whole, part, "");
    for (Receiver receiver : receivers) {
      Message message = messages.get(receiver);
      if (message != null) {
        outcome.told.add(shown(receiver, message));
      }
    }
    return outcome.of(List.of());
  }

  /** A bus of events hears of findings alone. */
  private Map<Receiver, Message> messages(WeeklyReport whole, OfTeams part, String signed) {
    Map<Set<String>, WeeklyReport> parts = new HashMap<>();
    Map<Receiver, Message> messages = new HashMap<>();
    for (Receiver receiver : receivers) {
      if (receiver.way() != Way.EVENTS) {
        String page = links.week(whole.week());
        boolean isAttached = receiver.way() == Way.MAIL;
        String link = page.isEmpty() && !isAttached ? signed : page;
        messages.put(
            receiver,
            receiver.everything()
                ? Message.of(whole, links, link, isAttached)
                : Message.ofTeams(
                    parts.computeIfAbsent(receiver.teams(), part::of),
                    receiver.teams(),
                    links,
                    link,
                    isAttached));
      }
    }
    return messages;
  }

  private static Outcome.Told shown(Receiver receiver, Message message) {
    return new Outcome.Told(receiver.name(), message.subject(), Mail.of(message).text());
  }
}
