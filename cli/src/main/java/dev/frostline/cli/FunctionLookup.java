package dev.frostline.cli;

import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.NamedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function of the store by its name, with its deployments, oldest first: a name may stand for
 * several functions in several accounts and regions.
 */
record FunctionLookup(FunctionId function, List<String> deployments) {
  private record Row(FunctionId function, String deployment) {}

  static FunctionLookup of(Connection connection, String name) throws SQLException {
    List<Row> rows =
        NamedQuery.of("deployments")
            .with("function", name)
            .rows(
                connection,
                row ->
                    new Row(
                        new FunctionId(
                            Objects.requireNonNull(row.getString("account")),
                            Objects.requireNonNull(row.getString("region")),
                            name),
                        Objects.requireNonNull(row.getString("deployment"))));
    if (rows.isEmpty()) {
      throw new Failure(
          Failure.CANNOT_JUDGE, "No cold starts of " + name + ". See frostline functions");
    }
    List<String> deployments = new ArrayList<>();
    for (Row row : rows) {
      if (!row.function().equals(rows.get(0).function())) {
        throw new Failure(
            Failure.USAGE,
            name
                + " is a function in several accounts or regions of this store. Take one of them"
                + " into a store of its own: frostline ingest PATH --db FILE");
      }
      deployments.add(row.deployment());
    }
    return new FunctionLookup(rows.get(0).function(), List.copyOf(deployments));
  }

  /** That deployment, or the newest where none is named. */
  String deployment(@Nullable String wanted) {
    if (wanted == null) {
      return deployments.get(deployments.size() - 1);
    }
    if (!deployments.contains(wanted)) {
      throw new Failure(
          Failure.CANNOT_JUDGE,
          "No deployment "
              + wanted
              + " of "
              + function.name()
              + "; there are "
              + String.join(", ", deployments));
    }
    return wanted;
  }
}
