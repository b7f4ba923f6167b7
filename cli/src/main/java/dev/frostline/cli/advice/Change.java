package dev.frostline.cli.advice;

import java.util.List;
import java.util.Map;

/**
 * One change to a Python program that is tried without touching its files.
 *
 * @param modules what is deferred or dropped; none for the other kinds
 */
public record Change(Kind kind, List<String> modules) {
  /** The program as it is. */
  public static final Change NONE = new Change(Kind.NONE, List.of());

  /** What is changed. */
  public enum Kind {
    /** Nothing: the side before. */
    NONE("as it is"),
    /** Imported where it is used, and not where a module begins. */
    DEFER("deferred"),
    /** Not imported, and not to be found. */
    DROP("dropped"),
    /**
     * Without the {@code .pyc} files of all that is not Python's own: the side before {@link #PYC}.
     */
    UNCOMPILED("without .pyc files"),
    /** With them. */
    PYC("with .pyc files"),
    /** Started with {@code PYTHONOPTIMIZE=1}. */
    OPTIMIZE("with PYTHONOPTIMIZE=1");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  public Change {
    modules = List.copyOf(modules);
    if (modules.isEmpty() == (kind == Kind.DEFER || kind == Kind.DROP)) {
      throw new IllegalArgumentException(kind + " of " + modules);
    }
  }

  /** Modules deferred together. */
  public static Change defer(List<String> modules) {
    return new Change(Kind.DEFER, modules);
  }

  /** What this is compared with. */
  public Change before() {
    return kind == Kind.PYC ? new Change(Kind.UNCOMPILED, List.of()) : NONE;
  }

  /** {@code pandas deferred}. */
  public String words() {
    return modules.isEmpty() ? kind.words : String.join(", ", modules) + " " + kind.words;
  }

  Map<String, String> variables() {
    return kind == Kind.OPTIMIZE ? Map.of("PYTHONOPTIMIZE", "1") : Map.of();
  }
}
