package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.page.sql.Answer;
import dev.frostline.page.sql.SqlReply;
import dev.frostline.report.Figure;
import dev.frostline.store.Queries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any SELECT over the store. An address only opens a statement; it runs when its reader says so.
 */
final class SqlView {
  private static final int MOST_SHOWN = 1000;
  private static final int LONGEST_IN_ADDRESS = 4000;
  private static final MathContext SHOWN = new MathContext(12);
  private static final String PARAMETER = "p_";
  private static final String FIRST =
      """
      SELECT runtime, count(*) AS cold_starts, median(init_ms) AS p50_ms
      FROM cold_starts
      GROUP BY ALL
      ORDER BY cold_starts DESC\
      """;

  private SqlView() {}

  static View of(Address address, Snapshot snapshot, SqlRuns runs) throws SQLException {
    String asked = address.parameter("q");
    SqlRuns.Run run = runs.find(address.parameter("run"), asked);
    String sql = run != null ? run.sql() : asked == null ? "" : asked;
    Map<String, Object> model = new HashMap<>();
    model.put("sql", sql.isEmpty() ? FIRST : sql);
    model.put("parameters", parameters(address.parameters()));
    model.put("ready", ready());
    model.put("tables", snapshot.ask("page_schema", Map.of()).named());
    model.put("problem", "");
    model.put("state", "");
    model.put("table", new Table("answer", "", List.of(), List.of(), ""));
    Questions questions = new Questions(snapshot);
    if (run != null) {
      Answer answer = run.reply().answer();
      model.put("problem", run.reply().problem() == null ? "" : run.reply().problem());
      model.put("state", state(run.reply()));
      if (answer != null) {
        model.put("table", table(answer));
        questions.put("rows", answer);
      }
    }
    return new View(
        "SQL",
        "sql",
        "sql",
        model,
        command(sql.isEmpty() ? FIRST : sql, address.parameters()),
        questions,
        Map.of());
  }

  /** Values for {@code getvariable('name')}: the parameters {@code p_name}. */
  static Map<String, String> parameters(Map<String, String> given) {
    Map<String, String> parameters = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (name.startsWith(PARAMETER) && !value.isEmpty()) {
            parameters.put(name.substring(PARAMETER.length()), value);
          }
        });
    return parameters;
  }

  /** Where a statement that ran is shown: by its text, or by its run where that is too long. */
  static Address address(String sql, String run, Map<String, String> parameters) {
    Address address = Address.of("sql").with("q", isLong(sql) ? null : sql).with("run", run);
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      address = address.with(PARAMETER + parameter.getKey(), parameter.getValue());
    }
    return address;
  }

  private static boolean isLong(String sql) {
    return sql.length() > LONGEST_IN_ADDRESS;
  }

  private static Map<String, String> ready() {
    Map<String, String> ready = new LinkedHashMap<>();
    for (String name : Queries.names()) {
      if (!name.startsWith("page_") && !name.startsWith("report_")) {
        ready.put(
            Queries.question(name), Address.of("sql").with("q", Queries.text(name)).toString());
      }
    }
    return ready;
  }

  private static String state(SqlReply reply) {
    Answer answer = reply.answer();
    if (answer == null) {
      return "";
    }
    int rows = answer.rows().size();
    String cut =
        answer.cut()
            ? " – cut: an answer has at most 10,000 rows or 10 MB"
            : rows > MOST_SHOWN
                ? ", " + Figure.count(MOST_SHOWN) + " of them shown; CSV and JSON have all"
                : "";
    return Figure.counted(rows, "row") + cut + " · " + reply.millis() + " ms";
  }

  private static Table table(Answer answer) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < answer.columns().size(); i++) {
      columns.add(new Column(answer.columns().get(i), isNumber(answer, i), "", ""));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (List<@Nullable Object> row :
        answer.rows().subList(0, Math.min(MOST_SHOWN, answer.rows().size()))) {
      List<Cell> cells = new ArrayList<>();
      for (Object cell : row) {
        cells.add(cell == null ? Cell.of("null").tone("quiet") : Cell.of(Figure.name(shown(cell))));
      }
      rows.add(cells);
    }
    return new Table("answer", "Answer", columns, rows, "No rows.");
  }

  /** A number without the digits that only binary fractions have; the twins have them all. */
  private static String shown(Object cell) {
    return cell instanceof Double value
        ? plain(BigDecimal.valueOf(value).round(SHOWN).stripTrailingZeros())
        : cell.toString();
  }

  private static String plain(BigDecimal value) {
    boolean isLong = Math.abs(value.precision() - value.scale()) > SHOWN.getPrecision();
    return isLong ? value.toString() : value.toPlainString();
  }

  private static boolean isNumber(Answer answer, int column) {
    return answer.rows().stream().map(row -> row.get(column)).anyMatch(Number.class::isInstance);
  }

  private static String command(String sql, Map<String, String> given) {
    List<String> words =
        new ArrayList<>(isLong(sql) ? List.of("sql", "-f", "FILE") : List.of("sql", sql));
    parameters(given).forEach((name, value) -> words.addAll(List.of("-p", name + "=" + value)));
    return Commands.of(words.toArray(new String[0]));
  }
}
