package dev.frostline.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The SQL of the {@code queries} folder, by file name. */
public final class Queries {
  private Queries() {}

  /**
   * Schema steps in the order they are applied; a new step is appended, an old one never changes.
   */
  static final List<String> SCHEMA = List.of("001_tables", "002_views");

  /** The text of {@code queries/NAME.sql}. */
  public static String text(String name) {
    try (InputStream in = Queries.class.getResourceAsStream("/queries/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("No query named " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
