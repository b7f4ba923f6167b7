package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.verdict.changes.ChangePoints;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Series annotated by people, scored by the definitions of van den Burg and Williams
 * (arXiv:2003.06222, section 4).
 */
final class Tcpd {
  private static final int MARGIN = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final PrintStream out;

  Tcpd(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  void run() throws IOException {
    JsonNode annotations = JSON.readTree(folder.resolve("annotations.json").toFile());
    out.printf(
        "%n## Annotated series%n| series | points found | F1 | cover | F1 of nothing | cover of nothing |%n|---|---|---|---|---|---|%n");
    double[] sums = new double[4];
    int count = 0;
    for (Iterator<String> names = annotations.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      Path file = folder.resolve(name + ".json");
      if (!Files.exists(file)) {
        continue;
      }
      double[] values = values(JSON.readTree(file.toFile()));
      List<Set<Integer>> annotators = annotators(annotations.get(name));
      List<Integer> found = ChangePoints.inSeries(values);
      double[] scores = {
        f1(annotators, found),
        cover(annotators, found, values.length),
        f1(annotators, List.of()),
        cover(annotators, List.of(), values.length)
      };
      out.printf(
          Locale.ROOT,
          "| %s | %s | %.3f | %.3f | %.3f | %.3f |%n",
          name,
          found,
          scores[0],
          scores[1],
          scores[2],
          scores[3]);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += scores[i];
      }
      count++;
    }
    out.printf(
        Locale.ROOT,
        "| mean of %d | | %.3f | %.3f | %.3f | %.3f |%n",
        count,
        sums[0] / count,
        sums[1] / count,
        sums[2] / count,
        sums[3] / count);
    published(count);
    peers();
  }

  /** Real libraries on the same series, where this is run from the checkout and they are there. */
  private void peers() throws IOException {
    Path script = Path.of("benchmarks", "peers.py");
    if (!Files.exists(script)) {
      out.println("Peers: skipped, run from the checkout to have " + script);
      return;
    }
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    Process process;
    try {
      process =
          new ProcessBuilder(python, script.toString(), folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      out.println("Peers: skipped, " + e.getMessage());
      return;
    }
    out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** The published scores of other methods on the same series, where the folder holds them. */
  private void published(int series) throws IOException {
    Path f1 = folder.resolve("published_default_f1_uni_full.json");
    Path cover = folder.resolve("published_default_cover_uni_full.json");
    if (!Files.exists(f1) || !Files.exists(cover)) {
      return;
    }
    for (String method : List.of("binseg", "pelt", "amoc", "bocpd", "ecp")) {
      out.printf(
          Locale.ROOT,
          "| published %s, %d | | %.3f | %.3f | | |%n",
          method,
          series,
          mean(f1, method),
          mean(cover, method));
    }
  }

  private static double mean(Path file, String method) throws IOException {
    double sum = 0;
    int count = 0;
    for (JsonNode series : JSON.readTree(file.toFile())) {
      sum += series.get(method).asDouble();
      count++;
    }
    return sum / count;
  }

  private static double[] values(JsonNode series) {
    JsonNode raw = series.get("series").get(0).get("raw");
    double[] values = new double[raw.size()];
    double last = 0;
    for (int i = 0; i < values.length; i++) {
      last = raw.get(i).isNumber() ? raw.get(i).asDouble() : last;
      values[i] = last;
    }
    return values;
  }

  private static List<Set<Integer>> annotators(JsonNode node) {
    List<Set<Integer>> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      Set<Integer> points = new TreeSet<>(Set.of(0));
      field.getValue().forEach(point -> points.add(point.asInt()));
      all.add(points);
    }
    return all;
  }

  /**
   * Precision against the union of the annotators, recall as their mean; 0 counts as a point, a
   * margin of 5.
   */
  private static double f1(List<Set<Integer>> annotators, List<Integer> found) {
    Set<Integer> predicted = new TreeSet<>(found);
    predicted.add(0);
    Set<Integer> union = new TreeSet<>();
    annotators.forEach(union::addAll);
    double precision = (double) matches(union, predicted) / predicted.size();
    double recall = 0;
    for (Set<Integer> one : annotators) {
      recall += (double) matches(one, predicted) / one.size() / annotators.size();
    }
    return 2 * precision * recall / (precision + recall);
  }

  /** How many true points have a prediction of their own within the margin. */
  private static int matches(Set<Integer> truth, Set<Integer> predicted) {
    Set<Integer> free = new HashSet<>(predicted);
    int matched = 0;
    for (int point : truth) {
      @Nullable Integer nearest = null;
      for (int candidate : free) {
        boolean near = Math.abs(candidate - point) <= MARGIN;
        if (near && (nearest == null || Math.abs(candidate - point) < Math.abs(nearest - point))) {
          nearest = candidate;
        }
      }
      if (nearest != null) {
        free.remove(nearest);
        matched++;
      }
    }
    return matched;
  }

  private static double cover(List<Set<Integer>> annotators, List<Integer> found, int length) {
    double sum = 0;
    Set<Integer> predicted = new TreeSet<>(found);
    predicted.add(0);
    for (Set<Integer> one : annotators) {
      for (int[] part : parts(one, length)) {
        double best = 0;
        for (int[] other : parts(predicted, length)) {
          double shared = Math.max(0, Math.min(part[1], other[1]) - Math.max(part[0], other[0]));
          double both = part[1] - part[0] + other[1] - other[0] - shared;
          best = Math.max(best, shared / both);
        }
        sum += (part[1] - part[0]) * best / length;
      }
    }
    return sum / annotators.size();
  }

  private static List<int[]> parts(Set<Integer> points, int length) {
    List<int[]> parts = new ArrayList<>();
    List<Integer> sorted = new ArrayList<>(new TreeSet<>(points));
    for (int i = 0; i < sorted.size(); i++) {
      parts.add(new int[] {sorted.get(i), i + 1 < sorted.size() ? sorted.get(i + 1) : length});
    }
    return parts;
  }
}
