package dev.frostline.cli.store;

import dev.frostline.cli.output.Failure;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.NamedQuery;
import dev.frostline.verdict.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function of the store by its name, with its deployments, oldest first: a name may stand for
 * several functions in several accounts and regions.
 */
public record FunctionLookup(FunctionId function, List<String> deployments, String newest) {
  private record Row(FunctionId function, String deployment, boolean isNewest) {}

  public static FunctionLookup of(Connection connection, WhereOption where, String name)
      throws SQLException {
    List<Row> rows =
        NamedQuery.of("deployments")
            .with("function", name)
            .with("account", where.account)
            .with("region", where.region)
            .rows(
                connection,
                row ->
                    new Row(
                        new FunctionId(
                            Objects.requireNonNull(row.getString("account")),
                            Objects.requireNonNull(row.getString("region")),
                            name),
                        Objects.requireNonNull(row.getString("deployment")),
                        row.getBoolean("newest")));
    if (rows.isEmpty()) {
      throw new Failure(
          Failure.CANNOT_JUDGE,
          "No cold starts of "
              + String.join(" ", Stream.concat(Stream.of(name), where.words().stream()).toList())
              + ". "
              + suggestion(connection, name));
    }
    Set<String> places = new TreeSet<>();
    rows.forEach(
        row ->
            places.add(
                "--account " + row.function().account() + " --region " + row.function().region()));
    if (places.size() > 1) {
      throw new Failure(
          Failure.USAGE,
          "There are "
              + places.size()
              + " functions "
              + name
              + " in this store. Say which: "
              + String.join(", or ", places));
    }
    String newest =
        rows.stream()
            .filter(Row::isNewest)
            .findFirst()
            .orElse(rows.get(rows.size() - 1))
            .deployment();
    return new FunctionLookup(
        rows.get(0).function(), rows.stream().map(Row::deployment).toList(), newest);
  }

  private static String suggestion(Connection connection, String name) throws SQLException {
    List<String> similar =
        NamedQuery.of("similar_functions")
            .with("name", name)
            .rows(connection, row -> Objects.requireNonNull(row.getString("name")));
    return similar.isEmpty()
        ? "See frostline functions"
        : "Did you mean " + String.join(" or ", similar) + "?";
  }

  /** Everything about it. */
  public Query query() {
    return Query.of(function.account(), function.region(), function.name());
  }

  /** That deployment, or the newest that is live where none is named. */
  public String deployment(@Nullable String wanted) {
    if (wanted == null) {
      return newest;
    }
    require(wanted);
    return wanted;
  }

  /** Refuses a deployment that is not there; a period {@code 41@TIME} stands for its deployment. */
  public void require(String wanted) {
    String deployment = deployments.contains(wanted) ? wanted : wanted.replaceFirst("@[^@]*$", "");
    if (!deployments.contains(deployment)) {
      throw new Failure(
          Failure.CANNOT_JUDGE,
          "No deployment "
              + wanted
              + " of "
              + function.name()
              + "; there are "
              + String.join(", ", deployments));
    }
  }
}
