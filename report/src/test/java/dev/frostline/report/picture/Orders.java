package dev.frostline.report.picture;

import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The function of {@code given.sql}. */
final class Orders {
  static final FunctionId FUNCTION = new FunctionId("123456789012", "eu-west-1", "orders");

  private Orders() {}

  static Store store() throws IOException, SQLException {
    return renamed("orders", "pandas");
  }

  /** The same, the function and one of its imports called otherwise. */
  static Store renamed(String function, String module) throws IOException, SQLException {
    Store store = Store.open(Path.of(":memory:"));
    try (InputStream in = Objects.requireNonNull(Orders.class.getResourceAsStream("given.sql"));
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("'orders'", quoted(function))
              .replace("'pandas'", quoted(module)));
    }
    return store;
  }

  static ImportTree tree(Store store, String deployment) throws SQLException {
    return ImportTreeReader.read(store.connection(), Selection.of(FUNCTION, deployment, null));
  }

  private static String quoted(String name) {
    return "'" + name.replace("'", "''") + "'";
  }
}
