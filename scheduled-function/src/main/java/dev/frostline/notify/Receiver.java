package dev.frostline.notify;

import dev.frostline.policy.Channels;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One place that messages go to.
 *
 * @param where the reference of a secret, a mail address, a bus or a topic: nothing secret
 * @param teams whose findings it hears of
 * @param everything whether it hears of all
 */
record Receiver(Way way, String where, Set<String> teams, boolean everything) {
  /** How messages reach it. */
  enum Way {
    SLACK("slack"),
    TEAMS("teams"),
    MAIL("mail"),
    EVENTS("events"),
    TOPIC("topic");

    private final String word;

    Way(String word) {
      this.word = word;
    }
  }

  Receiver {
    teams = Set.copyOf(teams);
  }

  /** What it is remembered and told by. */
  String name() {
    return way.word + " " + where;
  }

  boolean hears(FindingEvent event) {
    return everything || teams.contains(event.owner());
  }

  /** Every receiver once, however many owners name it. */
  static List<Receiver> of(Policy policy, Sending sending) {
    List<Receiver> all = new ArrayList<>();
    if (!sending.eventBus().isEmpty()) {
      all.add(new Receiver(Way.EVENTS, sending.eventBus(), Set.of(), true));
    }
    if (!sending.topic().isEmpty()) {
      all.add(new Receiver(Way.TOPIC, sending.topic(), Set.of(), true));
    }
    sending.mailTo().forEach(to -> all.add(new Receiver(Way.MAIL, to, Set.of(), true)));
    for (Owner owner : policy.owners()) {
      Channels channels = owner.channels();
      if (!channels.slack().isEmpty()) {
        all.add(of(Way.SLACK, channels.slack(), owner));
      }
      if (!channels.teams().isEmpty()) {
        all.add(of(Way.TEAMS, channels.teams(), owner));
      }
      channels.mail().forEach(to -> all.add(of(Way.MAIL, to, owner)));
    }
    Map<String, Receiver> once = new LinkedHashMap<>();
    all.forEach(one -> once.merge(one.name(), one, Receiver::with));
    return List.copyOf(once.values());
  }

  private static Receiver of(Way way, String where, Owner owner) {
    return new Receiver(way, where, Set.of(owner.team()), owner.channels().everything());
  }

  private Receiver with(Receiver same) {
    Set<String> both = new TreeSet<>(teams);
    both.addAll(same.teams);
    return new Receiver(way, where, both, everything || same.everything);
  }
}
