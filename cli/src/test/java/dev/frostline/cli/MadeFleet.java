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

/** A store with the fleet of {@code made_fleet.sql}, and what commands print about it. */
final class MadeFleet {
  final Path file;

  MadeFleet(Path folder) throws IOException, SQLException {
    file = folder.resolve("made.duckdb");
    try (Store store = Store.open(file);
        InputStream script =
            Objects.requireNonNull(MadeFleet.class.getResourceAsStream("made_fleet.sql"));
        Statement statement = store.connection().createStatement()) {
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The answer of a command: what it printed, and its exit code in a last line. */
  String run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--db";
    all[arguments.length + 1] = file.toString();
    int exit = Frostline.run(new PrintWriter(out), new PrintWriter(err), all);
    return out.toString() + err + "exit " + exit;
  }
}
