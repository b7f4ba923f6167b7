package dev.frostline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.frostline.policy.Budget;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Policy;
import dev.frostline.report.ReportPage;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
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
 * How long the weekly report of a large fleet takes, and how large it is: {@code ReportSpeed DATA
 * FUNCTIONS [PAGE]} makes that many functions out of the real cold starts of a folder in the shape
 * of lambda-python, then writes the report in a fresh process, to PAGE if it is named.
 */
public final class ReportSpeed {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private ReportSpeed() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].endsWith(".duckdb")) {
      measure(Path.of(arguments[0]), Path.of(arguments[1]));
      return;
    }
    try (WorkFolder work = WorkFolder.make("report")) {
      Path file = work.path().resolve("store.duckdb");
      Path page = arguments.length > 2 ? Path.of(arguments[2]) : work.path().resolve("report.html");
      fill(file, Path.of(arguments[0]), Integer.parseInt(arguments[1]));
      OwnProcess.run(ReportSpeed.class, file, page);
    }
  }

  static void fill(Path file, Path data, int functions) throws IOException, SQLException {
    try (Store store = Store.open(file);
        InputStream script =
            Objects.requireNonNull(ReportSpeed.class.getResourceAsStream("report_speed.sql"));
        Statement statement = store.connection().createStatement()) {
      new LambdaPython(data, OUT).ingest(store, "quiet");
      statement.execute("SET VARIABLE functions = " + functions);
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void measure(Path file, Path page) throws SQLException, IOException {
    double begun = System.nanoTime() / 1e9;
    try (Store store = Store.openReadOnly(file)) {
      Connection connection = store.connection();
      Week week = WeeklyReport.latestWeek(connection).orElseThrow();
      Answer answer =
          new Judge(Thresholds.DEFAULT)
              .answer(new StoredHistories(connection), WeeklyReport.query(week));
      double judged = System.nanoTime() / 1e9;
      WeeklyReport report = WeeklyReport.of(connection, week, answer, Thresholds.DEFAULT, policy());
      Files.writeString(page, ReportPage.html(report));
      double written = System.nanoTime() / 1e9;
      OUT.printf(
          Locale.ROOT,
          "report of %d functions, %d comparisons: %.2f s (%.2f s to judge), %.2f CPU seconds, %d kB%n",
          report.health().known(),
          answer.comparisons().size(),
          written - begun,
          judged - begun,
          cpuSeconds(),
          Files.size(page) / 1000);
    }
  }

  private static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** As many findings as a policy can make: most of the page's tables are full. */
  private static Policy policy() {
    FunctionPattern all = new FunctionPattern("*");
    return new Policy(
        List.of(
            new Budget(all, Limit.parse("init_p50 < 300ms"), Budget.Level.ERROR),
            new Budget(all, Limit.parse("import pandas < 10ms"), Budget.Level.WARN)),
        List.of());
  }
}
