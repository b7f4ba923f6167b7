package dev.frostline.report.picture;

import dev.frostline.report.picture.ImportTree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages of an import tree, named as {@code report_shared_weight} names them: pandas for
 * pandas.core.frame.
 */
public final class ImportPackages {
  private static final Pattern NODE = Pattern.compile(".*node_modules/((?:@[^/]+/)?[^/]+).*");
  private static final int JAVA_PARTS = 3;

  private final Map<String, PackageTime> packages = new HashMap<>();
  private final Map<String, Double> heaviest = new HashMap<>();

  private ImportPackages() {}

  /**
   * One package.
   *
   * @param kind of its imports, {@code python module}
   * @param imports how many there are
   * @param selfMs time of its own modules
   * @param cumulativeMs the same with all they pull in, counted once
   * @param importedBy who imports it first where it takes most; empty for a root
   */
  public record PackageTime(
      String name,
      String kind,
      int imports,
      double selfMs,
      double cumulativeMs,
      String importedBy) {}

  /** The dearest first, by their own time. */
  static List<PackageTime> of(ImportTree tree) {
    ImportPackages all = new ImportPackages();
    for (Node root : tree.roots()) {
      all.add(root, "", List.of());
    }
    List<PackageTime> sorted = new ArrayList<>(all.packages.values());
    sorted.sort(
        Comparator.comparingDouble(PackageTime::selfMs)
            .reversed()
            .thenComparing(PackageTime::name));
    return List.copyOf(sorted);
  }

  private void add(Node node, String parent, List<String> above) {
    String name = nameOf(node.kind(), node.name());
    boolean isEntry = !above.contains(name);
    double with = isEntry ? node.after().cumulativeMs() : 0;
    PackageTime known =
        packages.getOrDefault(name, new PackageTime(name, node.kind(), 0, 0, 0, ""));
    boolean isHeaviest = isEntry && with > heaviest.getOrDefault(name, -1.0);
    if (isHeaviest) {
      heaviest.put(name, with);
    }
    packages.put(
        name,
        new PackageTime(
            name,
            known.kind(),
            known.imports() + 1,
            known.selfMs() + node.after().selfMs(),
            known.cumulativeMs() + with,
            isHeaviest ? parent : known.importedBy()));
    List<String> path = new ArrayList<>(above);
    path.add(name);
    for (Node child : node.children()) {
      add(child, node.name(), path);
    }
  }

  /** The package of an import. */
  static String nameOf(String kind, String name) {
    return switch (kind) {
      case "java class" -> first(name, '.', JAVA_PARTS);
      case "node module" -> {
        Matcher path = NODE.matcher(name);
        yield path.matches() ? path.group(1) : name;
      }
      case "ruby file" -> first(name, '/', 1);
      case "dotnet assembly" -> name;
      default -> first(name, '.', 1);
    };
  }

  private static String first(String name, char between, int parts) {
    int end = -1;
    for (int i = 0; i < parts; i++) {
      end = name.indexOf(between, end + 1);
      if (end < 0) {
        return name;
      }
    }
    return name.substring(0, end);
  }
}
