package dev.frostline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How long a whole fleet takes: {@code FleetSpeed FUNCTIONS DEPLOYMENTS STARTS MODULES} fills a
 * store, then asks {@code regressions} and {@code explain} of it in a fresh process.
 */
public final class FleetSpeed {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private FleetSpeed() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      measure(Path.of(arguments[0]));
      return;
    }
    try (WorkFolder work = WorkFolder.make("speed")) {
      Path file = work.path().resolve("store.duckdb");
      fill(file, arguments.length == 4 ? arguments : new String[] {"84", "20", "10", "600"});
      OwnProcess.run(FleetSpeed.class, file);
    }
  }

  private static void fill(Path file, String[] arguments) throws IOException, SQLException {
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

  private static void measure(Path file) throws SQLException, IOException {
    Judge judge = new Judge(Thresholds.DEFAULT);
    try (Store store = Store.openReadOnly(file)) {
      Connection connection = store.connection();
      double begun = seconds();
      double used = cpuSeconds();
      List<Comparison> all = judge.compare(new StoredHistories(connection), Query.ALL);
      print("regressions, " + all.size() + " comparisons", begun, used);
      Comparison last = all.get(all.size() - 1);
      begun = seconds();
      used = cpuSeconds();
      judge.explain(
          new StoredHistories(connection),
          Query.of(last.account(), last.region(), last.function()),
          last.before().deployment(),
          last.after().deployment());
      print("explain", begun, used);
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        OUT.println("peak memory " + line.substring(line.indexOf(':') + 1).trim());
      }
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
