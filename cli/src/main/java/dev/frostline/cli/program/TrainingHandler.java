package dev.frostline.cli.program;

import java.util.List;
import java.util.Map;

/**
 * A handler that no function has: an event of it takes AWS's runtime client through what reading
 * and writing beans, lists, maps and errors needs, so that an archive of it alone can be made. It
 * runs in the JVM that is measured.
 */
public final class TrainingHandler {
  /** As Lambda would be told of it. */
  static final String NAME = TrainingHandler.class.getName() + "::handle";

  /** Its events. */
  static final String EVENTS =
      """
      [{"name": "tea", "count": 2, "known": true, "price": 1.5, "words": ["a"],
        "more": {"b": [1, {}]}}, {"count": -1}]
      """;

  private TrainingHandler() {}

  /** An event and its answer, or its error. */
  public static Event handle(Event event) {
    if (event.getCount() < 0) {
      throw new IllegalArgumentException("fewer than none");
    }
    return event;
  }

  /** A bean of the types that most events are made of. */
  public static final class Event {
    private String name = "";
    private int count;
    private boolean known;
    private double price;
    private List<String> words = List.of();
    private Map<String, Object> more = Map.of();

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public int getCount() {
      return count;
    }

    public void setCount(int count) {
      this.count = count;
    }

    public boolean isKnown() {
      return known;
    }

    public void setKnown(boolean known) {
      this.known = known;
    }

    public double getPrice() {
      return price;
    }

    public void setPrice(double price) {
      this.price = price;
    }

    public List<String> getWords() {
      return List.copyOf(words);
    }

    public void setWords(List<String> words) {
      this.words = List.copyOf(words);
    }

    public Map<String, Object> getMore() {
      return Map.copyOf(more);
    }

    public void setMore(Map<String, Object> more) {
      this.more = Map.copyOf(more);
    }
  }
}
