package dev.frostline.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.frostline.page.sql.Answer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view for programs and spreadsheets. */
final class Twin {
  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final ObjectMapper COMPACT = new ObjectMapper();

  private Twin() {}

  /** Every table of the view by name; absent values are null. */
  static Response json(View view) throws SQLException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("schema_version", SCHEMA_VERSION);
    answer.put("view", view.template());
    answer.put("command", view.command());
    answer.putAll(view.more());
    for (String name : view.questions().names()) {
      answer.put(name, objects(view.questions().answer(name)));
    }
    try {
      return new Response(200, "application/json", JSON.writeValueAsBytes(answer), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer of numbers and text is always JSON", e);
    }
  }

  /** A list of rows as a parameter of a query. */
  static String text(List<Map<String, String>> rows) {
    try {
      return COMPACT.writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Text is always JSON", e);
    }
  }

  /**
   * One table of the view: the main one, or the one that is asked for. Text that a spreadsheet
   * would take for a formula gets an apostrophe; numbers stay as they are.
   */
  static Response csv(View view, @Nullable String table) throws SQLException {
    List<String> names = view.questions().names();
    String name = table != null || names.isEmpty() ? String.valueOf(table) : names.get(0);
    if (!names.contains(name)) {
      throw new NotThereException(
          "This view has no table " + name + ". It has: " + String.join(", ", names));
    }
    Answer answer = view.questions().answer(name);
    StringBuilder csv = new StringBuilder();
    List<@Nullable Object> head = new ArrayList<>(answer.columns());
    line(head, csv);
    answer.rows().forEach(row -> line(row, csv));
    return new Response(
            200,
            "text/csv; charset=utf-8",
            csv.toString().getBytes(StandardCharsets.UTF_8),
            Map.of())
        .with(
            "Content-Disposition",
            "attachment; filename=\"frostline-" + name.replaceAll("[^a-z_]", "") + ".csv\"");
  }

  private static List<Map<String, @Nullable Object>> objects(Answer answer) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (List<@Nullable Object> row : answer.rows()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(answer.columns().get(i), row.get(i));
      }
      objects.add(object);
    }
    return objects;
  }

  private static void line(List<@Nullable Object> row, StringBuilder csv) {
    for (int i = 0; i < row.size(); i++) {
      Object cell = row.get(i);
      csv.append(i == 0 ? "" : ",")
          .append(cell instanceof String text ? safe(text) : cell == null ? "" : cell);
    }
    csv.append("\r\n");
  }

  private static String safe(String text) {
    boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String inert = isFormula ? "'" + text : text;
    boolean needsQuotes =
        inert.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needsQuotes ? '"' + inert.replace("\"", "\"\"") + '"' : inert;
  }
}
