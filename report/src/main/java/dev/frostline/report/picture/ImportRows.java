package dev.frostline.report.picture;

import dev.frostline.report.Figure;
import dev.frostline.report.picture.ImportTree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables that say the same as an {@link Icicle}: the tree as rows, and who imports what. */
public final class ImportRows {
  private static final int DEEPEST_INDENT = 12;

  /**
   * One row of the tree.
   *
   * @param indent 0 to {@value #DEEPEST_INDENT}; deeper rows stand there too
   */
  public record Row(int indent, Node node) {
    /** The import, or how many small ones. */
    public String shown() {
      return node.folded() > 0
          ? "… " + Figure.count(node.folded()) + " more"
          : Figure.name(node.name());
    }

    /** {@code slower} or {@code faster} where the change is more than a tenth of a ms. */
    public String tone() {
      double change = node.cumulativeChangeMs();
      return Math.abs(change) < 0.1 ? "same" : change > 0 ? "slower" : "faster";
    }
  }

  /**
   * One import wherever it stands: itself, who imports it, what it imports.
   *
   * @param time summed over its places, not counting an import within itself twice
   */
  public record Place(String name, Node time, List<Node> importedBy, List<Node> imports) {}

  private ImportRows() {}

  /** The tree from its roots down, children behind their parent. */
  public static List<Row> of(ImportTree tree) {
    List<Row> rows = new ArrayList<>();
    add(tree.roots(), 0, rows);
    return rows;
  }

  private static void add(List<Node> nodes, int depth, List<Row> rows) {
    for (Node node : nodes) {
      rows.add(new Row(Math.min(depth, DEEPEST_INDENT), node));
      add(node.children(), depth + 1, rows);
    }
  }

  /** The imports with most time of their own, or most change of it: at most so many. */
  public static List<Place> sandwich(ImportTree tree, int most) {
    Map<String, List<Node>> nodes = new TreeMap<>();
    Map<String, List<Node>> parents = new HashMap<>();
    collect(tree.roots(), null, nodes, parents);
    List<Place> places = new ArrayList<>();
    nodes.forEach(
        (name, own) ->
            places.add(
                new Place(
                    name,
                    sum(name, own),
                    parents.getOrDefault(name, List.of()),
                    own.stream().flatMap(node -> node.children().stream()).toList())));
    places.sort(Comparator.comparingDouble((Place place) -> weight(tree, place.time())).reversed());
    return List.copyOf(places.subList(0, Math.min(most, places.size())));
  }

  private static double weight(ImportTree tree, Node time) {
    return tree.isDifference() ? Math.abs(time.selfChangeMs()) : time.after().selfMs();
  }

  private static Node sum(String name, List<Node> places) {
    Node sum = places.get(0);
    for (Node place : places.subList(1, places.size())) {
      sum =
          new Node(
              name,
              sum.kind(),
              sum.presence() == place.presence() ? sum.presence() : ImportTree.Presence.BOTH,
              sum.before().plus(place.before()),
              sum.after().plus(place.after()),
              0,
              List.of());
    }
    return sum;
  }

  private static void collect(
      List<Node> children,
      @Nullable Node parent,
      Map<String, List<Node>> nodes,
      Map<String, List<Node>> parents) {
    for (Node node : children) {
      if (node.folded() == 0) {
        nodes.computeIfAbsent(node.name(), key -> new ArrayList<>()).add(node);
        if (parent != null) {
          parents.computeIfAbsent(node.name(), key -> new ArrayList<>()).add(parent);
        }
        collect(node.children(), node, nodes, parents);
      }
    }
  }
}
