package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What people and the report ask is written so that DuckDB, Trino and Athena give the same answer:
 * the rules a text can be held to without any of them.
 */
final class LakeQueriesTest {
  /** Calls that both engines answer alike, beside those that {@link TrinoSql} replaces. */
  private static final Set<String> SHARED =
      Set.of(
          ("array_agg avg bool_or cast coalesce count date_diff date_trunc floor"
                  + " greatest lag lead least length lower max min nullif regexp_extract round"
                  + " split split_part starts_with strpos substr sum unnest")
              .split(" ", -1));

  /** What must not stand in a text, and why. */
  private static final Map<String, String> FORBIDDEN =
      Map.ofEntries(
          Map.entry("\\bhash\\s*\\(", "every engine hashes in its own way"),
          Map.entry("\\bGROUP BY ALL\\b", "DuckDB alone knows it"),
          Map.entry("\\bORDER BY ALL\\b", "DuckDB alone knows it"),
          Map.entry("\\bQUALIFY\\b", "Trino does not know it"),
          Map.entry("\\b(ANTI|SEMI|ASOF|POSITIONAL) JOIN\\b", "DuckDB alone knows it"),
          Map.entry("::", "write CAST"),
          Map.entry("//", "write floor(a / 1e0)"),
          Map.entry("FILTER \\((?!WHERE )", "write FILTER (WHERE …)"),
          Map.entry("INTERVAL \\d", "write INTERVAL '1' DAY"),
          Map.entry(
              "/ \\d+(\\.\\d+)?(?!\\d*\\.?\\d*e)\\b",
              "Trino divides integers as integers: write 1e3"),
          Map.entry("\\d\\.\\d+ \\*|\\* \\d+\\.\\d+(?!e)", "Trino rounds decimals: write 100e0"),
          Map.entry("\\((FROM|SELECT unnest)\\b", "DuckDB alone knows it"),
          Map.entry(
              "\\b(HAVING|WHERE)\\b[^;]*\\bLIMIT\\s+[^\\d\\s]", "Trino takes a number alone"));

  /** A keyword has a space before its bracket. */
  private static final Pattern CALL = Pattern.compile("(?<!AS )\\b([A-Za-z_]+)\\(");

  private static final Pattern USING = Pattern.compile("USING \\(([^)]*)\\)");

  @Test
  void everyQueryOfPeopleAndReport_keepsToWhatTheEnginesShare() {
    List<String> faults = new ArrayList<>();
    for (String name : Queries.names()) {
      if (Queries.isOfLake(name)) {
        String text = withoutComments(Queries.text(name));
        FORBIDDEN.forEach(
            (pattern, reason) -> {
              Matcher found = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text);
              if (found.find()) {
                faults.add(name + ": " + found.group().strip() + ": " + reason);
              }
            });
        faults.addAll(unknownCalls(name, text));
        faults.addAll(qualifiedJoinColumns(name, text));
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void storesAlone_areThoseThatSayWhy() {
    Set<String> alone = new TreeSet<>();
    for (String name : Queries.names()) {
      if ((Queries.isForPeople(name) || name.startsWith("report_")) && !Queries.isOfLake(name)) {
        alone.add(name);
      }
    }
    assertEquals(
        Set.of(
            "acknowledgements",
            "promises",
            "import_tree",
            "rejects",
            "report_ledger",
            "report_rejects",
            "report_store",
            "unused_imports"),
        alone);
  }

  @Test
  void everyQueryOfTheLake_isExpandedToItsEnd() {
    for (String name : Queries.names()) {
      if (Queries.isOfLake(name)) {
        String text = TrinoSql.of(Queries.text(name), Map.of());
        for (String call : TrinoSql.calls()) {
          assertFalse(
              Pattern.compile("\\b" + call + "\\(").matcher(text).find(), name + " calls " + call);
        }
        assertFalse(text.contains("$1") || text.contains("$filter"), text);
      }
    }
  }

  /** What is written to a lake, and the tables over it: the same columns in the same order. */
  @Test
  void tablesOfEngines_haveTheColumnsThatAreWritten() throws SQLException {
    Map<String, String> inAthena = Map.of("varchar", "string", "integer", "int");
    for (String table :
        List.of("cold_start", "import_timing", "log_stream", "live_period", "finding")) {
      List<String> trino = new ArrayList<>();
      List<String> athena = new ArrayList<>();
      try (Store store = Store.open(Path.of(":memory:"));
          Statement sql = store.connection().createStatement();
          ResultSet columns = sql.executeQuery("DESCRIBE " + written(table))) {
        while (columns.next()) {
          String name = columns.getString(1);
          String type = columns.getString(2).toLowerCase(Locale.ROOT);
          trino.add(name + " " + type.replace("timestamp", "timestamp(3)"));
          athena.add("`" + name + "` " + inAthena.getOrDefault(type, type));
        }
      }
      assertEquals(trino, columns("tables_trino", table));
      assertEquals(athena, columns("tables_athena", table));
    }
  }

  private static String written(String table) {
    String copy = Queries.text("lake/" + table);
    return copy.substring(copy.indexOf("COPY (") + "COPY (".length(), copy.lastIndexOf(") TO ?"))
        .replace("?::DATE", "DATE '2026-11-16'");
  }

  private static List<String> columns(String file, String table) {
    String text = Queries.text("lake/" + file);
    int begin = text.indexOf(".lake_" + table + " (");
    List<String> columns = new ArrayList<>();
    for (String line : text.substring(begin, text.indexOf(";", begin)).split("\n", -1)) {
      if (line.matches("  [`a-z_]+ [a-z]+(\\(3\\))?,?")) {
        columns.add(line.strip().replace(",", ""));
      }
    }
    return columns;
  }

  @Test
  void parameters_becomeLiterals() {
    String sql =
        "SELECT getvariable('a'), getvariable('b'), getvariable('c'), getvariable('d'); -- x";
    assertEquals(
        "SELECT 'it''s', TIMESTAMP '2026-11-16 00:00:00.000000', CAST('0.5' AS DOUBLE), CAST(NULL"
            + " AS VARCHAR)",
        TrinoSql.of(
            sql, Map.of("a", "it's", "b", LocalDateTime.parse("2026-11-16T00:00"), "c", 0.5)));
  }

  @Test
  void condition_goesIntoTheQuantile_andStaysBehindOthers() {
    String text =
        TrinoSql.of(
            "SELECT median(a.ms) FILTER (WHERE ok AND k IN (')', 'y')) AS p50, count(*) FILTER"
                + " (WHERE ok)",
            Map.of());
    assertTrue(text.contains("FILTER (WHERE a.ms IS NOT NULL AND (ok AND k IN (')', 'y')))"), text);
    assertTrue(text.endsWith(" AS p50, count(*) FILTER (WHERE ok)"), text);
  }

  @Test
  void columnsThatAreCalledLikeACall_andQuotedText_stayAsTheyAre() {
    String sql = "SELECT median, 'median(x)' AS \"arg_max(y)\" FROM t";
    assertEquals(sql, TrinoSql.of(sql, Map.of()));
  }

  private static String withoutComments(String text) {
    return text.replaceAll("--.*", "");
  }

  private static List<String> unknownCalls(String name, String text) {
    List<String> faults = new ArrayList<>();
    Matcher call = CALL.matcher(text.replaceAll("'[^']*'", "''"));
    while (call.find()) {
      String function = call.group(1).toLowerCase(Locale.ROOT);
      if (!SHARED.contains(function) && !TrinoSql.calls().contains(function)) {
        faults.add(name + ": " + function + "() is not known to answer alike on Trino");
      }
    }
    return faults;
  }

  /** Trino refuses {@code t.c} in a SELECT that joins USING (c). */
  private static List<String> qualifiedJoinColumns(String name, String text) {
    List<String> faults = new ArrayList<>();
    for (String select : text.split("\\bSELECT\\b", -1)) {
      Matcher using = USING.matcher(select);
      while (using.find()) {
        for (String column : using.group(1).split(",\\s*", -1)) {
          Matcher qualified = Pattern.compile("\\b[a-z_]+\\." + column + "\\b").matcher(select);
          if (qualified.find()) {
            faults.add(name + ": " + qualified.group() + " beside USING (" + column + ")");
          }
        }
      }
    }
    return faults;
  }
}
