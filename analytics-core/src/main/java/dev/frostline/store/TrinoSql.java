package dev.frostline.store;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ready query in the words of Trino, which Athena speaks too. The text is what DuckDB runs; the
 * few calls that Trino spells in another way are replaced one by one, {@code quantile_cont(ms,
 * 0.5)} for instance by the exact quantile over a sorted array, and parameters by their values.
 */
public final class TrinoSql {
  /**
   * What stands in Trino for a call: {@code $1} and {@code $2} are its arguments, {@code $filter}
   * the condition of the FILTER behind it, which goes into those that have it.
   */
  private static final Map<String, String> CALLS =
      Map.of(
          "arg_max", "max_by($1, CASE WHEN $1 IS NOT NULL THEN $2 END)",
          "array_to_string", "array_join($1, $2)",
          "generate_series", "sequence($1, $2, $3)",
          "levenshtein", "levenshtein_distance($1, $2)",
          "micros", "CAST(round(1e3 * $1) AS BIGINT)",
          "minute_bucket",
              "date_add('minute', $1 * CAST(floor(date_diff('minute', TIMESTAMP '2000-01-03"
                  + " 00:00:00', $2) / CAST($1 AS DOUBLE)) AS BIGINT), TIMESTAMP '2000-01-03"
                  + " 00:00:00.000000')",
          "quantile_cont",
              "element_at(transform(ARRAY[array_sort(array_agg(CAST($1 AS DOUBLE)) FILTER (WHERE $1"
                  + " IS NOT NULL AND ($filter)))], a -> element_at(a, 1 + CAST(floor($2 *"
                  + " (cardinality(a) - 1e0)) AS BIGINT)) * (1e0 - ($2 * (cardinality(a) - 1e0) -"
                  + " floor($2 * (cardinality(a) - 1e0)))) + element_at(a, 1 + CAST(ceiling($2 *"
                  + " (cardinality(a) - 1e0)) AS BIGINT)) * ($2 * (cardinality(a) - 1e0) - floor($2"
                  + " * (cardinality(a) - 1e0)))), 1)",
          "top_value",
              "element_at(array_sort(map_entries(histogram($1)), (a, b) -> CASE WHEN a[2] > b[2]"
                  + " THEN -1 WHEN a[2] < b[2] THEN 1 WHEN a[1] < b[1] THEN -1 WHEN a[1] > b[1]"
                  + " THEN 1 ELSE 0 END), 1)[1]");

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern PLACE = Pattern.compile("\\$(?:filter|\\d)");
  private static final Pattern FILTER =
      Pattern.compile("\\G\\s*FILTER\\s*\\(\\s*WHERE\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMENT = Pattern.compile("(?m)\\s*--.*$");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  private final Map<String, ?> parameters;

  private TrinoSql(Map<String, ?> parameters) {
    this.parameters = parameters;
  }

  /**
   * The statement that Trino runs.
   *
   * @param sql the text of a ready query
   * @param parameters text, numbers, truth values and UTC times by their names; one that is not
   *     there is NULL
   */
  public static String of(String sql, Map<String, ?> parameters) {
    String text = COMMENT.matcher(sql).replaceAll("").strip();
    return new TrinoSql(parameters)
        .expanded(text.endsWith(";") ? text.substring(0, text.length() - 1) : text)
        .replaceAll("(?i)\\bAS TIMESTAMP\\)", "AS timestamp(6))");
  }

  /** Names of the calls that Trino spells in another way. */
  static Set<String> calls() {
    Set<String> names = new TreeSet<>(CALLS.keySet());
    names.addAll(Set.of("getvariable", "median"));
    return names;
  }

  private String expanded(String text) {
    StringBuilder out = new StringBuilder(text.length() + 100);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (c == '\'' || c == '"') {
        end = endOfQuoted(text, at);
      } else if (Character.isLetter(c) || c == '_') {
        Matcher word = WORD.matcher(text);
        end = word.find(at) ? word.end() : end;
        String name = text.substring(at, end);
        if (end < text.length() && text.charAt(end) == '(' && calls().contains(name)) {
          at = call(name, text, end, out);
          continue;
        }
      }
      out.append(text, at, end);
      at = end;
    }
    return out.toString();
  }

  /** Writes a call anew; returns where its text ends. */
  private int call(String name, String text, int open, StringBuilder out) {
    List<String> arguments = new ArrayList<>();
    int end = arguments(text, open, arguments);
    if (name.equals("getvariable")) {
      out.append(literal(parameters.get(arguments.get(0).replace("'", ""))));
      return end;
    }
    boolean isMedian = name.equals("median");
    if (isMedian) {
      arguments.add("0.5");
    }
    String template = String.valueOf(CALLS.get(isMedian ? "quantile_cont" : name));
    Map<String, String> places = new HashMap<>(Map.of("$filter", "true"));
    Matcher filter = FILTER.matcher(text);
    if (template.contains("$filter") && filter.find(end)) {
      List<String> inner = new ArrayList<>();
      int close = arguments(text, text.indexOf('(', end), inner);
      places.put("$filter", expanded(text.substring(filter.end(), close - 1).strip()));
      end = close;
    }
    for (int i = 0; i < arguments.size(); i++) {
      places.put("$" + (i + 1), expanded(arguments.get(i).strip()));
    }
    out.append(
        PLACE
            .matcher(template)
            .replaceAll(
                place -> Matcher.quoteReplacement(String.valueOf(places.get(place.group())))));
    return end;
  }

  /** Reads what stands in brackets, divided at its commas; returns where it ends. */
  private static int arguments(String text, int open, List<String> arguments) {
    int depth = 0;
    int begin = open + 1;
    for (int at = open; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '\'', '"' -> at = endOfQuoted(text, at) - 1;
        case '(', '[' -> depth++;
        case ')', ']' -> depth--;
        case ',' -> {
          if (depth == 1) {
            arguments.add(text.substring(begin, at));
            begin = at + 1;
          }
        }
        default -> {}
      }
      if (depth == 0) {
        arguments.add(text.substring(begin, at));
        return at + 1;
      }
    }
    throw new IllegalArgumentException("A bracket is not closed: " + text.substring(open));
  }

  private static int endOfQuoted(String text, int at) {
    int end = text.indexOf(text.charAt(at), at + 1);
    if (end < 0) {
      throw new IllegalArgumentException("A quote is not closed: " + text.substring(at));
    }
    return end + 1;
  }

  private static String literal(@Nullable Object value) {
    if (value == null) {
      return "CAST(NULL AS VARCHAR)";
    }
    if (value instanceof LocalDateTime time) {
      return "TIMESTAMP '" + TIME.format(time) + "'";
    }
    return value instanceof Number || value instanceof Boolean
        ? "CAST('" + value + "' AS " + (value instanceof Boolean ? "BOOLEAN)" : "DOUBLE)")
        : "'" + value.toString().replace("'", "''") + "'";
  }
}
