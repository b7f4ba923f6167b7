package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Verdict and blame against {@code truth.json}. The guilty are the modules with a true self-time
 * change, else the packages that the description of the change names and whose self time changed.
 */
final class TruthScore {
  /** True changes of Init Duration over this many ms must get the right verdict. */
  private static final double LARGE_MS = 25;

  /** Smaller changes of a package are below the effect floor. */
  private static final double BLAMED_MS = 2;

  private int large;
  private int right;
  private int named;
  private int first;
  private int firstThree;
  private final List<String> wrong = new ArrayList<>();

  void add(String key, JsonNode truth, Comparison comparison) {
    String change = truth.path("change").asText();
    double delta = truth.path("quiet").path("delta_median_vs_prev_ms").asDouble();
    boolean isNull = change.contains("(null)");
    if (!isNull && Math.abs(delta) > LARGE_MS) {
      large++;
      boolean asExpected = expected(change, delta).contains(comparison.verdict());
      right += asExpected ? 1 : 0;
      if (!asExpected) {
        wrong.add(key + " is called " + comparison.verdict().word());
      }
    }
    Set<String> guilty = isNull ? Set.of() : guilty(truth, change);
    boolean code = comparison.verdict() != Verdict.CONFIGURATION && !change.contains(".pyc");
    if (!guilty.isEmpty() && code && !change.contains("pyc restored")) {
      blame(key, guilty, comparison);
    }
  }

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "Changes over %.0f ms with the right verdict: %d of %d%n",
        LARGE_MS,
        right,
        large);
    out.printf(
        Locale.ROOT,
        "Guilty import or package first: %d of %d; within the first three: %d%n",
        first,
        named,
        firstThree);
    wrong.forEach(line -> out.println("- " + line));
  }

  private static Set<Verdict> expected(String change, double delta) {
    if (change.contains("memory ") || change.startsWith("runtime ")) {
      return Set.of(Verdict.CONFIGURATION);
    }
    if (change.contains("lazy")) {
      return Set.of(Verdict.MOVED);
    }
    return Set.of(delta > 0 ? Verdict.SLOWER : Verdict.FASTER);
  }

  private static Set<String> guilty(JsonNode truth, String change) {
    Set<String> guilty = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> module :
        truth.path("true_self_change_vs_prev_ms").properties()) {
      if (Math.abs(module.getValue().asDouble()) >= BLAMED_MS) {
        guilty.add(module.getKey());
      }
    }
    if (!truth.has("true_self_change_vs_prev_ms")) {
      Set<String> words = new HashSet<>(List.of(change.split("[^A-Za-z0-9_]+")));
      for (JsonNode row : truth.path("quiet_module_change").path("self_ms_by_top_level_package")) {
        boolean changed = Math.abs(row.get(1).asDouble()) >= BLAMED_MS;
        if (changed && words.contains(row.get(0).asText())) {
          guilty.add(row.get(0).asText());
        }
      }
    }
    return guilty;
  }

  private void blame(String key, Set<String> guilty, Comparison comparison) {
    named++;
    List<Suspect> suspects = comparison.suspects();
    int place = 0;
    while (place < suspects.size() && !isOneOf(suspects.get(place).name(), guilty)) {
      place++;
    }
    boolean found = place < suspects.size();
    first += found && place == 0 ? 1 : 0;
    firstThree += found && place < 3 ? 1 : 0;
    if (!found || place > 0) {
      wrong.add(key + " blames " + (suspects.isEmpty() ? "nothing" : suspects.get(0).name()));
    }
  }

  private static boolean isOneOf(String suspect, Set<String> guilty) {
    for (String name : guilty) {
      if (suspect.equals(name)
          || suspect.startsWith(name + ".")
          || name.startsWith(suspect + ".")) {
        return true;
      }
    }
    return false;
  }
}
