package dev.frostline.report.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the typical cold start of a deployment imports, or how that differs between two deployments.
 * An import is known by its path: who imports it, up to a root. Children stand in order of weight:
 * time, or the size of its change.
 *
 * @param startsBefore cold starts the medians before are of; 0 for a tree of one deployment
 */
public record ImportTree(int startsBefore, int startsAfter, List<Node> roots) {
  private static final Time NONE = new Time(0, 0);

  /** Medians over the cold starts of a deployment; 0 where it does not import this here. */
  public record Time(double selfMs, double cumulativeMs) {
    Time plus(Time other) {
      return new Time(selfMs + other.selfMs, cumulativeMs + other.cumulativeMs);
    }
  }

  /** On which side an import is; what is elsewhere in the other tree has moved. */
  public enum Presence {
    BOTH(""),
    NEW("new"),
    GONE("gone"),
    MOVED_HERE("moved here"),
    MOVED_AWAY("moved away"),
    /** Left init for the first invocation. */
    DEFERRED("moved after init"),
    /** Came into init from the first invocation. */
    ADVANCED("moved into init");

    private final String word;

    Presence(String word) {
      this.word = word;
    }

    /** The word for it; empty where there is nothing to say. */
    public String word() {
      return word;
    }

    /** Whether the deployment after does not import it here. */
    public boolean isLeft() {
      return this == GONE || this == MOVED_AWAY || this == DEFERRED;
    }
  }

  /**
   * One import at one place.
   *
   * @param folded how many small imports this node stands for; 0 for an import of its own
   */
  public record Node(
      String name,
      String kind,
      Presence presence,
      Time before,
      Time after,
      int folded,
      List<Node> children) {
    public Node {
      children = List.copyOf(children);
    }

    static Node of(String name, String kind, Time after, List<Node> children) {
      return new Node(name, kind, Presence.BOTH, NONE, after, 0, children);
    }

    public double selfChangeMs() {
      return after.selfMs() - before.selfMs();
    }

    public double cumulativeChangeMs() {
      return after.cumulativeMs() - before.cumulativeMs();
    }

    double largestMs() {
      return Math.max(before.cumulativeMs(), after.cumulativeMs());
    }

    int size() {
      return folded + (folded == 0 ? 1 : 0) + children.stream().mapToInt(Node::size).sum();
    }

    private Node with(List<Node> others) {
      return new Node(name, kind, presence, before, after, folded, others);
    }
  }

  public ImportTree {
    roots = List.copyOf(roots);
  }

  static ImportTree of(int starts, List<Node> roots) {
    return new ImportTree(0, starts, sorted(roots, node -> node.after().cumulativeMs()));
  }

  /** One deployment against another, place by place. */
  public static ImportTree difference(ImportTree before, ImportTree after) {
    Difference difference = new Difference(names(before.roots), names(after.roots));
    return new ImportTree(
        before.startsAfter, after.startsAfter, difference.merged(before.roots, after.roots));
  }

  /**
   * The same, where these imports and all they pull in moved between init and the first invocation:
   * they are neither gone nor new.
   *
   * @param names packages or modules
   */
  public ImportTree moved(Set<String> names) {
    return names.isEmpty()
        ? this
        : new ImportTree(startsBefore, startsAfter, moved(roots, names, false));
  }

  private static List<Node> moved(List<Node> nodes, Set<String> names, boolean within) {
    List<Node> all = new ArrayList<>();
    for (Node node : nodes) {
      boolean moved =
          within
              || names.stream()
                  .anyMatch(name -> node.name().equals(name) || node.name().startsWith(name + "."));
      Presence presence =
          !moved
              ? node.presence()
              : switch (node.presence()) {
                case GONE -> Presence.DEFERRED;
                case NEW -> Presence.ADVANCED;
                default -> node.presence();
              };
      boolean deep = presence == Presence.DEFERRED || presence == Presence.ADVANCED;
      all.add(
          new Node(
              node.name(),
              node.kind(),
              presence,
              node.before(),
              node.after(),
              node.folded(),
              moved(node.children(), names, deep)));
    }
    return all;
  }

  public boolean isDifference() {
    return startsBefore > 0;
  }

  /** All roots together. */
  public Node total() {
    Time before = new Time(0, roots.stream().mapToDouble(one -> one.before().cumulativeMs()).sum());
    Time after = new Time(0, roots.stream().mapToDouble(one -> one.after().cumulativeMs()).sum());
    return new Node("All imports", "", Presence.BOTH, before, after, 0, roots);
  }

  /** Imports that take less on either side are folded into one node for each parent. */
  public ImportTree withoutSmall(double leastMs) {
    return new ImportTree(startsBefore, startsAfter, folded(roots, leastMs, Node::largestMs));
  }

  /** Imports under which nothing changed by as much are folded into one node for each parent. */
  public ImportTree withoutUnchanged(double leastMs) {
    return new ImportTree(startsBefore, startsAfter, folded(roots, leastMs, ImportTree::mostMoved));
  }

  private static double mostMoved(Node node) {
    double most = Math.abs(node.cumulativeChangeMs());
    for (Node child : node.children()) {
      most = Math.max(most, mostMoved(child));
    }
    return most;
  }

  private static List<Node> folded(
      List<Node> nodes, double leastMs, ToDoubleFunction<Node> weightMs) {
    List<Node> kept = new ArrayList<>();
    Time before = NONE;
    Time after = NONE;
    int folded = 0;
    for (Node node : nodes) {
      if (weightMs.applyAsDouble(node) >= leastMs) {
        kept.add(node.with(folded(node.children(), leastMs, weightMs)));
      } else {
        before = before.plus(node.before());
        after = after.plus(node.after());
        folded += node.size();
      }
    }
    if (folded > 0) {
      kept.add(new Node("", "", Presence.BOTH, before, after, folded, List.of()));
    }
    return kept;
  }

  private static Set<String> names(List<Node> nodes) {
    Set<String> names = new HashSet<>();
    for (Node node : nodes) {
      names.add(node.name());
      names.addAll(names(node.children()));
    }
    return names;
  }

  private static List<Node> sorted(List<Node> nodes, ToDoubleFunction<Node> weight) {
    List<Node> sorted = new ArrayList<>(nodes);
    sorted.sort(Comparator.comparingDouble(weight).reversed().thenComparing(Node::name));
    List<Node> deep = new ArrayList<>();
    for (Node node : sorted) {
      deep.add(node.with(sorted(node.children(), weight)));
    }
    return deep;
  }

  /** Puts two trees on top of each other. */
  private record Difference(Set<String> namesBefore, Set<String> namesAfter) {
    private record Place(String kind, String name) {}

    List<Node> merged(List<Node> before, List<Node> after) {
      Map<Place, Node> old = new LinkedHashMap<>();
      before.forEach(node -> old.put(new Place(node.kind(), node.name()), node));
      List<Node> merged = new ArrayList<>();
      for (Node node : after) {
        Node other = old.remove(new Place(node.kind(), node.name()));
        merged.add(
            other == null
                ? added(node)
                : new Node(
                    node.name(),
                    node.kind(),
                    Presence.BOTH,
                    other.after(),
                    node.after(),
                    0,
                    merged(other.children(), node.children())));
      }
      old.values().forEach(node -> merged.add(removed(node)));
      merged.sort(
          Comparator.comparingDouble((Node node) -> Math.abs(node.cumulativeChangeMs()))
              .thenComparingDouble(Node::largestMs)
              .reversed()
              .thenComparing(Node::name));
      return merged;
    }

    private Node added(Node node) {
      Presence presence = namesBefore.contains(node.name()) ? Presence.MOVED_HERE : Presence.NEW;
      List<Node> children = merged(List.of(), node.children());
      return new Node(node.name(), node.kind(), presence, NONE, node.after(), 0, children);
    }

    private Node removed(Node node) {
      Presence presence = namesAfter.contains(node.name()) ? Presence.MOVED_AWAY : Presence.GONE;
      List<Node> children = merged(node.children(), List.of());
      return new Node(node.name(), node.kind(), presence, node.after(), NONE, 0, children);
    }
  }
}
