package dev.frostline.cli.program;

import java.util.List;

/**
 * One change to a program that is tried without touching its files.
 *
 * @param modules what is deferred or dropped; none for the other kinds
 * @param list classes or files, one a line, as {@code export --format classlist} writes them; empty
 *     for the other kinds
 */
public record Change(Kind kind, List<String> modules, List<String> list) {
  /** The program as it is. */
  public static final Change NONE = of(Kind.NONE);

  /** Whose programs a change is for. */
  public enum Language {
    PYTHON("Python"),
    JAVA("Java"),
    NODE("Node.js");

    private final String word;

    Language(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

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
    OPTIMIZE("with PYTHONOPTIMIZE=1"),
    /** With an archive of the classes that a run of it has loaded. */
    APPCDS("with an AppCDS archive"),
    /** With an AOT cache of a run of it, JEP 483 and 514. */
    AOT_CACHE("with an AOT cache"),
    /** Started with {@code -XX:TieredStopAtLevel=1}. */
    TIERED("with -XX:TieredStopAtLevel=1"),
    /** Java: an AppCDS archive of listed classes. Node.js: a compile cache of listed files. */
    CLASSLIST("with a class list"),
    /** {@link #APPCDS} and {@link #TIERED}. */
    APPCDS_TIERED("with an AppCDS archive and -XX:TieredStopAtLevel=1"),
    /** {@link #AOT_CACHE} and {@link #TIERED}. */
    AOT_CACHE_TIERED("with an AOT cache and -XX:TieredStopAtLevel=1"),
    /** With the compile cache that a run of it has filled. */
    COMPILE_CACHE("with a compile cache"),
    /** As one file. */
    BUNDLE("bundled by esbuild"),
    /** {@link #BUNDLE} and {@link #COMPILE_CACHE}. */
    BUNDLE_COMPILE_CACHE("bundled by esbuild, with a compile cache");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public boolean isFor(Language language) {
      return switch (this) {
        case NONE -> true;
        case DEFER, DROP, UNCOMPILED, PYC, OPTIMIZE -> language == Language.PYTHON;
        case APPCDS, AOT_CACHE, TIERED, APPCDS_TIERED, AOT_CACHE_TIERED ->
            language == Language.JAVA;
        case CLASSLIST -> language != Language.PYTHON;
        case COMPILE_CACHE, BUNDLE, BUNDLE_COMPILE_CACHE -> language == Language.NODE;
      };
    }
  }

  public Change {
    modules = List.copyOf(modules);
    list = List.copyOf(list);
    if (modules.isEmpty() == (kind == Kind.DEFER || kind == Kind.DROP)) {
      throw new IllegalArgumentException(kind + " of " + modules);
    }
  }

  /** One that names no modules. */
  public static Change of(Kind kind) {
    return new Change(kind, List.of(), List.of());
  }

  /** One of some modules, together. */
  public static Change of(Kind kind, List<String> modules) {
    return new Change(kind, modules, List.of());
  }

  /** Modules deferred together. */
  public static Change defer(List<String> modules) {
    return of(Kind.DEFER, modules);
  }

  /** Classes or files made ready. */
  public static Change classList(List<String> list) {
    return new Change(Kind.CLASSLIST, List.of(), list);
  }

  /** What this is compared with. */
  public Change before() {
    return kind == Kind.PYC ? of(Kind.UNCOMPILED) : NONE;
  }

  /** {@code pandas deferred}. */
  public String words() {
    return modules.isEmpty() ? kind.words : String.join(", ", modules) + " " + kind.words;
  }
}
