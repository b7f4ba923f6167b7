package dev.frostline.verdict.fleet;

import dev.frostline.verdict.history.Configuration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What functions can have in common that AWS may change under all of them, as far as known. */
public record Traits(Map<Kind, String> values) {
  /** The kinds of traits, in the order in which they are named. */
  public enum Kind {
    ARCHITECTURE,
    RUNTIME,
    PACKAGE,
    INIT,
    MEMORY,
    LAYERS,
    REGION;

    /** A value in words, as part of "functions with …". */
    String words(String value) {
      return switch (this) {
        case ARCHITECTURE, RUNTIME, PACKAGE, REGION -> value;
        case INIT -> value + " init";
        case MEMORY -> value + " MB";
        case LAYERS -> "layers " + value;
      };
    }
  }

  /** INIT_START tells the patch level of managed runtimes alone. */
  private static final String NO_PATCH_LEVEL = "no managed runtime (a container image or custom)";

  private static final String MANAGED = "a managed runtime";

  public Traits {
    values = Map.copyOf(values);
  }

  /** The traits of a function, by the configuration of its latest cold start. */
  public static Traits of(String region, Configuration configuration) {
    Map<Kind, String> values = new EnumMap<>(Kind.class);
    put(values, Kind.ARCHITECTURE, configuration.architecture());
    put(values, Kind.RUNTIME, configuration.runtime());
    values.put(Kind.PACKAGE, configuration.runtimeVersion() == null ? NO_PATCH_LEVEL : MANAGED);
    values.put(Kind.INIT, configuration.initKind());
    put(values, Kind.MEMORY, configuration.memoryMb());
    put(values, Kind.LAYERS, configuration.layers());
    values.put(Kind.REGION, region);
    return new Traits(values);
  }

  private static void put(Map<Kind, String> values, Kind kind, @Nullable Object value) {
    if (value != null) {
      values.put(kind, value.toString());
    }
  }

  /**
   * Whether the other has the same value of each of these kinds; what is not known is not equal.
   */
  boolean shares(Traits other, List<Kind> kinds) {
    for (Kind kind : kinds) {
      String own = values.get(kind);
      if (own == null || !own.equals(other.values.get(kind))) {
        return false;
      }
    }
    return true;
  }

  /** These traits in words, e.g. {@code x86_64, 1024 MB}. */
  String words(List<Kind> kinds) {
    List<String> words = new ArrayList<>();
    for (Kind kind : kinds) {
      words.add(kind.words(values.getOrDefault(kind, "?")));
    }
    return String.join(", ", words);
  }
}
