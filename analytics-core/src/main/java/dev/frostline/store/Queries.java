package dev.frostline.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The SQL of the {@code queries} folder, by file name. */
public final class Queries {
  /** Begins the line in which a query says why no lake can answer it. */
  public static final String STORE_ALONE = "-- Of the store alone: ";

  private static final String SUFFIX = ".sql";
  private static final Pattern PARAMETER = Pattern.compile("getvariable\\('([a-z_]+)'\\)");

  private Queries() {}

  /**
   * Schema steps in the order they are applied; a new step is appended, an old one never changes.
   */
  static final List<String> SCHEMA =
      List.of(
          "001_tables",
          "002_views",
          "003_dropped_imports",
          "004_lake",
          "005_acknowledgement",
          "006_acknowledgement_place",
          "007_live_period",
          "008_warm_requests",
          "009_judgement",
          "010_promise",
          "011_retention",
          "012_macros",
          "013_module_usage");

  /** Names of the ready queries: the files of {@code queries} itself, in order. */
  public static List<String> names() {
    URL folder = Queries.class.getResource("/queries/schema");
    if (folder == null) {
      throw new IllegalStateException("This build of Frostline carries no queries");
    }
    try {
      URI uri = folder.toURI();
      if (!uri.getScheme().equals("jar")) {
        return names(Path.of(uri).resolveSibling(""));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return names(jar.getPath("/queries"));
      }
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("Cannot list the queries", e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** The question a query answers: its first line. */
  public static String question(String name) {
    return text(name).lines().findFirst().orElse("").replaceFirst("^--\\s*", "");
  }

  /** Names of the parameters that a query reads, in order. */
  public static Set<String> parameters(String name) {
    Set<String> parameters = new LinkedHashSet<>();
    Matcher read = PARAMETER.matcher(text(name));
    while (read.find()) {
      parameters.add(read.group(1));
    }
    return parameters;
  }

  /** Those of its parameters that it cannot do without: nothing stands for them when not set. */
  public static Set<String> required(String name) {
    Set<String> required = parameters(name);
    String sql = text(name);
    required.removeIf(
        parameter ->
            sql.contains("getvariable('" + parameter + "') IS NULL")
                || Pattern.compile("coalesce\\([^,]*getvariable\\('" + parameter + "'")
                    .matcher(sql)
                    .find());
    return required;
  }

  /** Whether a query asks what people ask, not what a part of ours reads. */
  public static boolean isForPeople(String name) {
    return Stream.of("page_", "report_", "doctor_").noneMatch(name::startsWith);
  }

  /**
   * Whether a lake answers it too, on Trino or Athena: what people and the report ask, unless the
   * query says that it is of the store alone.
   */
  public static boolean isOfLake(String name) {
    return (isForPeople(name) || name.startsWith("report_"))
        && !text(name).contains("\n" + STORE_ALONE);
  }

  /** The text of {@code queries/NAME.sql}. */
  public static String text(String name) {
    try (InputStream in = Queries.class.getResourceAsStream("/queries/" + name + SUFFIX)) {
      if (in == null) {
        throw new IllegalArgumentException("No query named " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
