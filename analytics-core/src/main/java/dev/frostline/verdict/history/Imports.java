package dev.frostline.verdict.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a name of an import tells: its package, and whether it belongs to the runtime, which a
 * deployment cannot change. Runtime modules are the internal standard of every comparison.
 */
public final class Imports {
  private static final Set<String> PYTHON_RUNTIME = read("python_runtime.txt");

  private Imports() {}

  /** Kind of import timing a runtime prints; Python where the runtime is unknown. */
  static String kindOf(@Nullable String runtime) {
    String name = runtime == null ? "" : runtime;
    if (name.startsWith("java")) {
      return "java class";
    }
    if (name.startsWith("node")) {
      return "node module";
    }
    if (name.startsWith("dotnet")) {
      return "dotnet assembly";
    }
    return name.startsWith("ruby") ? "ruby file" : "python module";
  }

  /** The package a reader would upgrade: {@code pandas} of {@code pandas.core.frame}. */
  public static String packageOf(String kind, String name) {
    if (kind.startsWith("java")) {
      return firstSegments(name, '.', 3);
    }
    if (kind.startsWith("node")) {
      return nodePackage(name);
    }
    if (kind.startsWith("ruby")) {
      return firstSegments(name, '/', 1);
    }
    return firstSegments(name, '.', 1);
  }

  /** Whether the import is part of the language runtime or of AWS's runtime client. */
  public static boolean ofRuntime(String kind, String name) {
    if (kind.startsWith("java")) {
      return name.startsWith("java.")
          || name.startsWith("jdk.")
          || name.startsWith("sun.")
          || name.startsWith("javax.")
          || name.startsWith("com.sun.");
    }
    if (kind.startsWith("node")) {
      return name.startsWith("node:") || name.startsWith("/var/runtime/");
    }
    if (kind.startsWith("dotnet")) {
      return name.startsWith("System.")
          || name.equals("System")
          || name.startsWith("Amazon.Lambda.RuntimeSupport");
    }
    return PYTHON_RUNTIME.contains(firstSegments(name, '.', 1));
  }

  private static String nodePackage(String name) {
    int at = name.lastIndexOf("node_modules/");
    if (at < 0) {
      return name;
    }
    String rest = name.substring(at + "node_modules/".length());
    return firstSegments(rest, '/', rest.startsWith("@") ? 2 : 1);
  }

  private static String firstSegments(String name, char separator, int count) {
    int end = -1;
    for (int i = 0; i < count; i++) {
      end = name.indexOf(separator, end + 1);
      if (end < 0) {
        return name;
      }
    }
    return name.substring(0, end);
  }

  private static Set<String> read(String resource) {
    try (InputStream in = Imports.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      return new HashSet<>(Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
