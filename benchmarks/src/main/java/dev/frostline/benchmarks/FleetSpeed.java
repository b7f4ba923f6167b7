package dev.frostline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How long a whole fleet takes: {@code FleetSpeed FUNCTIONS DEPLOYMENTS STARTS MODULES} fills a
 * store, then judges it in a fresh process, and asks it in another; at last one more deployment
 * comes for one function, which is judged and asked for again.
 */
public final class FleetSpeed {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private FleetSpeed() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2) {
      measure(arguments[0], Path.of(arguments[1]));
      return;
    }
    try (WorkFolder work = WorkFolder.make("speed")) {
      Path file = work.path().resolve("store.duckdb");
      fill(file, arguments.length == 4 ? arguments : new String[] {"84", "20", "10", "600"});
      for (String part : List.of("judge", "ask", "one-more", "judge", "ask")) {
        OwnProcess.run(FleetSpeed.class, Path.of(part), file);
      }
    }
  }

  /** Functions, deployments, starts and modules, each so many. */
  static void fill(Path file, String... arguments) throws IOException, SQLException {
    List<String> names = List.of("functions", "deployments", "starts", "modules");
    try (Store store = Store.open(file);
        InputStream script =
            Objects.requireNonNull(FleetSpeed.class.getResourceAsStream("fleet_speed.sql"));
        Statement statement = store.connection().createStatement()) {
      for (int i = 0; i < names.size(); i++) {
        statement.execute("SET VARIABLE " + names.get(i) + " = " + Integer.parseInt(arguments[i]));
      }
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void measure(String part, Path file) throws SQLException, IOException {
    if (part.equals("one-more")) {
      addDeployment(file);
      return;
    }
    boolean isAsked = part.equals("ask");
    double begun = seconds();
    double used = cpuSeconds();
    try (Store store = isAsked ? Store.openReadOnly(file) : Store.open(file)) {
      print("open", begun, used);
      for (int time = 0; time < (isAsked ? 3 : 1); time++) {
        begun = seconds();
        used = cpuSeconds();
        if (isAsked) {
          ask(store);
        } else {
          store.judge();
        }
        print(part, begun, used);
      }
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        OUT.println("peak memory " + line.substring(line.indexOf(':') + 1).trim());
      }
    }
  }

  private static void ask(Store store) {
    Judge judge = new Judge(Thresholds.DEFAULT);
    StoredHistories histories = new StoredHistories(store.connection());
    OUT.print(judge.answer(histories, Query.ALL).comparisons().size() + " comparisons, ");
  }

  /** The newest deployment of one function again, under another name and a day later. */
  private static void addDeployment(Path file) throws SQLException {
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          """
          INSERT INTO cold_start BY NAME
          SELECT * REPLACE (
            -cold_start_id - 1 AS cold_start_id, 'new' AS version, 'new' AS deployment, started_at + INTERVAL 1 DAY AS started_at)
          FROM cold_start
          WHERE function = 'fn0' AND deployment = (SELECT max(deployment::INT) FROM cold_start)::VARCHAR
          """);
      statement.execute(
          """
          INSERT INTO import_timing BY NAME
          SELECT * REPLACE (-cold_start_id - 1 AS cold_start_id)
          FROM import_timing
          WHERE cold_start_id IN (SELECT -cold_start_id - 1 FROM cold_start WHERE deployment = 'new')
          """);
      statement.execute("UPDATE function_state SET fingerprint = 2 WHERE function = 'fn0'");
    }
  }

  private static void print(String what, double begun, double used) {
    OUT.printf(
        Locale.ROOT,
        "%s: %.2f s, %.2f CPU seconds%n",
        what,
        seconds() - begun,
        cpuSeconds() - used);
  }

  private static double seconds() {
    return System.nanoTime() / 1e9;
  }

  private static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
