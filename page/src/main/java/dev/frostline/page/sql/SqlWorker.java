package dev.frostline.page.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.store.Store;
import dev.frostline.store.StoreException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The process that runs SQL of the page: one request on its input, one reply on its output, each
 * JSON behind its length, after a zero that says it is ready. Nothing of one request is left for
 * the next: each opens the store anew.
 */
public final class SqlWorker {
  static final ObjectMapper JSON = new ObjectMapper();

  private SqlWorker() {}

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws IOException, SQLException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    System.setOut(System.err);
    DriverManager.getConnection("jdbc:duckdb:").close();
    out.writeInt(0);
    out.flush();
    while (true) {
      int length = in.readInt();
      SqlRequest request = JSON.readValue(in.readNBytes(length), SqlRequest.class);
      byte[] reply = JSON.writeValueAsBytes(reply(request, SqlLimits.DEFAULT));
      out.writeInt(reply.length);
      out.write(reply);
      out.flush();
    }
  }

  static SqlReply reply(SqlRequest request, SqlLimits limits) {
    long begin = System.nanoTime();
    try (Store store = Store.openReadOnly(Path.of(request.store()))) {
      Answer answer = run(store, request, limits);
      return new SqlReply(answer, null, since(begin));
    } catch (RefusedException e) {
      return SqlReply.failed(e.reason(), since(begin));
    } catch (SQLException | StoreException e) {
      String message = String.valueOf(e.getMessage()).replace(request.store(), "the store");
      boolean late = message.contains("INTERRUPT");
      return SqlReply.failed(
          late ? "Stopped after " + limits.deadline().toSeconds() + " s." : message, since(begin));
    }
  }

  private static Answer run(Store store, SqlRequest request, SqlLimits limits)
      throws SQLException, RefusedException {
    Connection connection = store.connection();
    try (Statement query = connection.createStatement()) {
      query.execute("SET memory_limit = '" + limits.engineMb() + "MB'");
      query.execute("SET threads = 2");
      query.execute("SET max_temp_directory_size = '0MB'");
      for (Map.Entry<String, String> parameter : request.parameters().entrySet()) {
        setVariable(connection, parameter.getKey(), parameter.getValue());
      }
      store.seal();
      new SqlGate(connection).check(request.sql());
      query.setQueryTimeout((int) limits.deadline().toSeconds());
      try (ResultSet rows = query.executeQuery(request.sql())) {
        return Answer.of(rows, limits.rows(), limits.characters());
      }
    }
  }

  private static void setVariable(Connection connection, String name, String value)
      throws SQLException, RefusedException {
    if (!name.matches("[a-z_]{1,40}")) {
      throw new RefusedException("No parameter name: " + name);
    }
    try (PreparedStatement set = connection.prepareStatement("SET VARIABLE " + name + " = ?")) {
      set.setString(1, value);
      set.execute();
    }
  }

  private static long since(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }
}
