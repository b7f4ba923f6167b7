package dev.frostline.verdict.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Splits the starts of both sides by configuration and picks the stratum to compare: the one both
 * sides share most of, or else the largest of each side, which is then a change of configuration.
 */
public record Strata(
    @Nullable Configuration configurationBefore,
    @Nullable Configuration configurationAfter,
    List<TimedStart> before,
    List<TimedStart> after) {

  public static Strata of(Deployment before, Deployment after) {
    Map<Configuration, List<TimedStart>> first = byConfiguration(before.starts());
    Map<Configuration, List<TimedStart>> second = byConfiguration(after.starts());
    @Nullable Configuration shared = null;
    int most = 0;
    for (Map.Entry<Configuration, List<TimedStart>> entry : first.entrySet()) {
      int both =
          Math.min(entry.getValue().size(), second.getOrDefault(entry.getKey(), List.of()).size());
      if (both > most) {
        most = both;
        shared = entry.getKey();
      }
    }
    Configuration largestBefore = largest(first);
    Configuration largestAfter = largest(second);
    boolean enough =
        shared != null
            && 2 * most >= Math.min(size(first, largestBefore), size(second, largestAfter));
    Configuration one = enough ? shared : largestBefore;
    Configuration other = enough ? shared : largestAfter;
    return new Strata(one, other, starts(first, one), starts(second, other));
  }

  /** Every configuration that both sides ran in, the one they share most of first. */
  public static List<Strata> shared(Deployment before, Deployment after) {
    Map<Configuration, List<TimedStart>> first = byConfiguration(before.starts());
    Map<Configuration, List<TimedStart>> second = byConfiguration(after.starts());
    List<Strata> shared = new ArrayList<>();
    first.forEach(
        (configuration, starts) -> {
          if (second.containsKey(configuration)) {
            List<TimedStart> others = starts(second, configuration);
            shared.add(new Strata(configuration, configuration, starts, others));
          }
        });
    shared.sort(Comparator.comparingInt(Strata::most).reversed());
    return shared;
  }

  /** What tells the configuration after from those of other starts, e.g. {@code 512 MB}. */
  public String label(List<TimedStart> others) {
    List<String> words = new ArrayList<>();
    Configuration own = configurationAfter;
    if (own != null) {
      addOwn(words, others, own, one -> megabytes(one.memoryMb()));
      addOwn(words, others, own, Configuration::architecture);
      addOwn(words, others, own, Configuration::runtime);
      addOwn(words, others, own, Configuration::runtimeVersion);
      addOwn(words, others, own, Configuration::layers);
      addOwn(words, others, own, Configuration::initKind);
    }
    return String.join(", ", words);
  }

  private static void addOwn(
      List<String> words,
      List<TimedStart> others,
      Configuration own,
      Function<Configuration, @Nullable String> fact) {
    String value = fact.apply(own);
    boolean differs =
        others.stream()
            .anyMatch(start -> !Objects.equals(fact.apply(start.configuration()), value));
    if (value != null && differs) {
      words.add(value);
    }
  }

  private int most() {
    return Math.min(before.size(), after.size());
  }

  /** Facts that differ, in words; AWS's patch level is not among them. */
  public List<String> differences() {
    List<String> words = new ArrayList<>();
    if (configurationBefore == null || configurationAfter == null) {
      return words;
    }
    Configuration a = configurationBefore;
    Configuration b = configurationAfter;
    add(words, "memory", megabytes(a.memoryMb()), megabytes(b.memoryMb()));
    add(words, "architecture", a.architecture(), b.architecture());
    add(words, "runtime", a.runtime(), b.runtime());
    add(words, "layers", a.layers(), b.layers());
    add(words, "init kind", a.initKind(), b.initKind());
    return words;
  }

  public boolean runtimeDiffers() {
    return configurationBefore != null
        && configurationAfter != null
        && !Objects.equals(configurationBefore.runtime(), configurationAfter.runtime());
  }

  /** AWS's patch levels when they differ, e.g. {@code python:3.13.v42 -> python:3.13.v43}. */
  public @Nullable String patchDifference() {
    if (configurationBefore == null || configurationAfter == null) {
      return null;
    }
    @Nullable String a = configurationBefore.runtimeVersion();
    @Nullable String b = configurationAfter.runtimeVersion();
    return a == null || b == null || a.equals(b) ? null : a + " → " + b;
  }

  private static void add(List<String> words, String what, @Nullable String a, @Nullable String b) {
    if (a != null && b != null && !a.equals(b)) {
      words.add(String.format(Locale.ROOT, "%s changed: %s → %s", what, a, b));
    }
  }

  private static @Nullable String megabytes(@Nullable Integer memory) {
    return memory == null ? null : memory + " MB";
  }

  private static Map<Configuration, List<TimedStart>> byConfiguration(List<TimedStart> starts) {
    Map<Configuration, List<TimedStart>> groups = new LinkedHashMap<>();
    for (TimedStart start : starts) {
      groups.computeIfAbsent(start.configuration(), key -> new ArrayList<>()).add(start);
    }
    return groups;
  }

  private static @Nullable Configuration largest(Map<Configuration, List<TimedStart>> groups) {
    return groups.entrySet().stream()
        .max(
            Comparator.comparingInt(
                    (Map.Entry<Configuration, List<TimedStart>> entry) -> entry.getValue().size())
                .thenComparing(entry -> entry.getKey().toString()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static int size(
      Map<Configuration, List<TimedStart>> groups, @Nullable Configuration key) {
    return starts(groups, key).size();
  }

  private static List<TimedStart> starts(
      Map<Configuration, List<TimedStart>> groups, @Nullable Configuration key) {
    return key == null ? List.of() : groups.getOrDefault(key, List.of());
  }
}
