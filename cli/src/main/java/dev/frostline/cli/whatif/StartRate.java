package dev.frostline.cli.whatif;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.store.FunctionOption;
import dev.frostline.report.Phrase;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.NamedQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How often a function of the store starts, and in what: the rate at which milliseconds cost. */
record StartRate(double startsPerWeek, int memoryMb, String architecture) {
  /** Of the one function that is asked for. */
  static StartRate of(FunctionOption function, Path store) {
    Grid rates = function.ask("start_rate").run(store);
    List<String> memory = rates.column("memory_mb");
    if (rates.size() != 1 || memory.isEmpty()) {
      String places = String.join(" or ", rates.column("region"));
      throw new Failure(
          rates.size() > 1 ? Failure.USAGE : Failure.CANNOT_JUDGE,
          rates.size() > 1
              ? "There are several functions " + function.name + ": say --region " + places
              : "The store has no cold starts of " + function.name + " with a memory size");
    }
    List<String> architecture = rates.column("architecture");
    return new StartRate(
        Double.parseDouble(rates.column("starts_per_week").get(0)),
        Integer.parseInt(memory.get(0)),
        architecture.isEmpty() ? "x86_64" : architecture.get(0));
  }

  /** Of a function of an opened store; none where no cold start tells its memory size. */
  static Optional<StartRate> of(Connection connection, FunctionId function) throws SQLException {
    return NamedQuery.of("start_rate")
        .with("function", function.name())
        .with("account", function.account())
        .with("region", function.region())
        .rows(
            connection,
            row -> {
              String architecture = row.getString("architecture");
              return new StartRate(
                  row.getDouble("starts_per_week"),
                  row.getInt("memory_mb"),
                  architecture == null ? "x86_64" : architecture);
            })
        .stream()
        .filter(rate -> rate.memoryMb() > 0)
        .findFirst();
  }

  /** What a change of init by so many ms costs a month, in USD at the list price. */
  double usdPerMonth(double ms) {
    return Phrase.usdPerMonth(ms * startsPerWeek, memoryMb, architecture);
  }
}
