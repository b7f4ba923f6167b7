package dev.frostline.benchmarks;

import dev.frostline.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * A lake of a fleet of any size: {@code FleetLake FOLDER FUNCTIONS DEPLOYMENTS STARTS MODULES}. It
 * is written by blocks of functions, each of which has a file in every day's folder, so that
 * neither memory nor disk bounds it but that of the lake.
 */
public final class FleetLake {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** Timings of one block. */
  private static final long BLOCK = 10_000_000;

  private FleetLake() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    Path lake = Path.of(arguments[0]);
    int functions = Integer.parseInt(arguments[1]);
    long each = 1;
    for (String factor : List.of(arguments).subList(2, 5)) {
      each *= Long.parseLong(factor);
    }
    int atOnce = (int) Math.max(1, BLOCK / each);
    Files.createDirectories(lake);
    for (int first = 0; first < functions; first += atOnce) {
      write(lake, first, Math.min(atOnce, functions - first), arguments);
    }
    OUT.println(functions + " functions, " + functions * each + " timings in " + lake);
  }

  private static void write(Path lake, int first, int functions, String[] arguments)
      throws IOException, SQLException {
    try (Store store = Store.open(Path.of(":memory:"));
        InputStream script =
            Objects.requireNonNull(FleetSpeed.class.getResourceAsStream("fleet_speed.sql"));
        Statement statement = store.connection().createStatement()) {
      statement.execute("SET VARIABLE first = " + first);
      statement.execute("SET VARIABLE functions = " + functions);
      statement.execute("SET VARIABLE deployments = " + Integer.parseInt(arguments[2]));
      statement.execute("SET VARIABLE starts = " + Integer.parseInt(arguments[3]));
      statement.execute("SET VARIABLE modules = " + Integer.parseInt(arguments[4]));
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      statement.execute("SET VARIABLE lake = '" + lake + "'");
      statement.execute("SET VARIABLE file = 'block-" + first + "'");
      try (InputStream copy =
          Objects.requireNonNull(FleetSpeed.class.getResourceAsStream("fleet_lake.sql"))) {
        for (String one :
            new String(copy.readAllBytes(), StandardCharsets.UTF_8).split(";\n\n", -1)) {
          statement.execute(one);
        }
      }
    }
  }
}
