package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.Policy;
import dev.frostline.store.Queries;
import dev.frostline.store.Store;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each query of the report answers when asked by name, with its parameters as text: {@code
 * frostline sql NAME -p …}.
 */
class ReportQueriesTest {
  @Test
  void queries_answerWithTheParametersTheReportPrints() throws IOException, SQLException {
    Policy policy = new Policy(List.of(Fleet.budget("*", "import pandas < 1ms")), List.of());
    try (Store store = Fleet.withDrift()) {
      WeeklyReport report = Fleet.report(store, policy);
      String page = ReportPage.html(report);
      for (String query : reportQueries()) {
        String command = Phrase.sql(report, query);
        assertFalse(rows(store.connection(), query, command).isEmpty(), command);
        boolean shown = page.contains("frostline sql " + query + " ");
        assertTrue(
            shown || List.of("report_week", "report_store").contains(query),
            query + " is not on the page");
      }
    }
  }

  @Test
  void queries_openWithTheirQuestion() {
    for (String query : reportQueries()) {
      List<String> lines = Queries.text(query).lines().toList();
      assertTrue(lines.get(0).matches("-- [A-Z].*"), query);
      assertTrue(lines.get(1).startsWith("-- Parameters: "), query);
    }
  }

  private static List<String> reportQueries() {
    return Queries.names().stream().filter(name -> name.startsWith("report_")).toList();
  }

  private static List<Object> rows(Connection connection, String query, String command)
      throws SQLException {
    String[] words = command.split(" ", -1);
    for (String word : words) {
      if (word.contains("=")) {
        set(
            connection,
            word.substring(0, word.indexOf('=')),
            word.substring(word.indexOf('=') + 1));
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(Queries.text(query))) {
      List<Object> rows = new java.util.ArrayList<>();
      while (answer.next()) {
        rows.add(String.valueOf(answer.getObject(1)));
      }
      return rows;
    }
  }

  private static void set(Connection connection, String name, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SET VARIABLE " + name + " = ?")) {
      statement.setString(1, value);
      statement.execute();
    }
  }
}
