package dev.frostline.cli;

import dev.frostline.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** A store that scripts such as {@code made_fleet.sql} fill, and what commands print about it. */
public final class MadeFleet {
  public final Path file;

  public MadeFleet(Path folder) throws IOException, SQLException {
    this(folder, "made_fleet.sql");
  }

  public MadeFleet(Path folder, String... scripts) throws IOException, SQLException {
    file = folder.resolve(scripts[scripts.length - 1].replace(".sql", ".duckdb"));
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      for (String script : scripts) {
        try (InputStream text =
            Objects.requireNonNull(MadeFleet.class.getResourceAsStream(script))) {
          statement.execute(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** The answer of a command: what it printed, and its exit code in a last line. */
  public String run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--db";
    all[arguments.length + 1] = file.toString();
    int exit = Frostline.run(new PrintWriter(out), new PrintWriter(err), all);
    return out.toString() + err + "exit " + exit;
  }
}
