package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.frostline.report.Figure;
import dev.frostline.report.Phrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every number on the page is one that the commands printed beside it give: asked again by the
 * command line, on real cold starts.
 */
@Tag("long")
final class ReportNumbersTest {
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.@-])[+−]?\\$?\\d[\\d,]*(?:\\.\\d+)?(?: (?:ms|s|min|h|%)(?!\\w))?");
  private static final Pattern COMMAND = Pattern.compile("<code>(frostline [^<]*)</code>");
  private static final List<DoubleFunction<String>> FORMS =
      List.of(
          Figure::ms,
          Figure::change,
          Figure::changePct,
          Figure::share,
          Figure::duration,
          Figure::addedDuration,
          Figure::amount,
          Figure::usd,
          value -> Figure.count(Math.round(value)),
          value -> Figure.duration(value * 1000),
          value -> Figure.usd(Phrase.perMonth(value)),
          value -> Figure.usd(-Phrase.perMonth(value)));

  /** Half of the last digit that the JSON of a comparison keeps. */
  private static final double LAST_DIGIT = 0.0005;

  @TempDir static Path folder = Path.of(".");
  private static String page = "";

  @BeforeAll
  static void writeReport() throws IOException {
    List<String> ingest = new ArrayList<>(List.of("ingest", "--db", db()));
    for (int version = 1; version <= 6; version++) {
      ingest.add(Cli.shared("lambda-python/checkout-api/quiet/v" + version + ".ndjson.gz"));
      ingest.add(Cli.shared("lambda-python/thumbnail-worker/quiet/v" + version + ".ndjson.gz"));
    }
    ingest.add(Cli.shared("lambda-python/webhook-stdlib/quiet/v5.ndjson.gz"));
    ingest.add(Cli.shared("lambda-python/webhook-stdlib/quiet/v6.ndjson.gz"));
    assertEquals(0, Cli.run(ingest.toArray(new String[0])).exitCode());
    String[] accepted = {
      "ack", "thumbnail-worker", "4..5", "--reason", "known", "--until", "2026-12-31", "--db", db()
    };
    assertEquals(0, Cli.run(accepted).exitCode());
    Path settings =
        Files.writeString(
            folder.resolve("frostline.toml"),
            """
            [[budget]]
            function = "*"
            limits = ["init_p50 < 300ms", "import pandas < 1ms", "init_p99 < 700ms"]

            [[owner]]
            function = "checkout-*"
            team = "payments"
            """);
    String[] report = {
      "report",
      "--week",
      "2026-W39",
      "-o",
      "html",
      "--out",
      folder.toString(),
      "--db",
      db(),
      "--config",
      settings.toString()
    };
    assertEquals(0, Cli.run(report).exitCode());
    page =
        Files.readString(folder.resolve("frostline-2026-W39.html"))
            .replaceAll("(?s)<details class=\"tree\">.*?</details>", ""); // the pictures of explain
  }

  @Test
  void everyNumber_isOneTheCommandsBesideItGive() throws IOException {
    assertEquals(List.of(), unknown(page));
  }

  @Test
  void aWrongNumber_wouldBeFound() throws IOException {
    Matcher wait = Pattern.compile("<span>(\\+[0-9.]+ m?s) over").matcher(page);
    assertTrue(wait.find());
    assertFalse(unknown(page.replace(wait.group(1), "+6.66 s")).isEmpty());
  }

  @Test
  void everySection_hasNumbers() {
    List<String> bare = new ArrayList<>();
    for (String section :
        List.of(
            "act",
            "platform",
            "trend",
            "money",
            "shared",
            "budgets",
            "watch",
            "acknowledged",
            "health")) {
      String found = page.substring(page.indexOf("aria-labelledby=\"" + section + "\""));
      String words = text(found.substring(0, found.indexOf("<details")));
      if (numbers(words).isEmpty()) {
        bare.add(section);
      }
    }
    assertEquals(List.of(), bare);
  }

  @Test
  void everySection_printsItsCommand() {
    for (String section : sections(page)) {
      assertTrue(COMMAND.matcher(section).find(), section);
    }
  }

  /** Numbers in the order of the page that no answer holds, with their section. */
  private static List<String> unknown(String html) throws IOException {
    List<String> unknown = new ArrayList<>();
    Set<String> everywhere = new HashSet<>();
    int numbers = 0;
    for (String section : sections(html)) {
      Set<String> known = known(section);
      everywhere.addAll(known);
      for (String number : numbers(text(section))) {
        numbers++;
        if (!known.contains(number)) {
          unknown.add(section.replaceAll("(?s).*<h2[^>]*>([^<]*)</h2>.*", "$1") + ": " + number);
        }
      }
    }
    String head = text(html.substring(html.indexOf("<header>"), html.indexOf("</header>")));
    for (String number : numbers(head)) {
      numbers++;
      if (!everywhere.contains(number)) {
        unknown.add("head: " + number);
      }
    }
    assertTrue(numbers > 200, numbers + " numbers are too few to be the whole page");
    return unknown;
  }

  private static List<String> sections(String html) {
    List<String> sections = new ArrayList<>();
    for (String section : html.split("<section ", -1)) {
      boolean judged = section.startsWith("aria-labelledby");
      if (judged && !section.startsWith("aria-labelledby=\"method\"")) {
        sections.add(section);
      }
    }
    return sections;
  }

  /** Everything a number of a section may be: values of the answers, their sums and differences. */
  private static Set<String> known(String section) throws IOException {
    Set<String> known = new HashSet<>(Set.of("13", "99 %", "1", "2025", "3"));
    Set<String> commands = new LinkedHashSet<>();
    Matcher command = COMMAND.matcher(section);
    while (command.find()) {
      commands.add(command.group(1));
    }
    JsonNode verdicts = null;
    JsonNode findings = null;
    JsonNode deployments = null;
    for (String one : commands) {
      if (one.startsWith("frostline report") || one.startsWith("frostline explain")) {
        continue;
      }
      List<String> words = new ArrayList<>(List.of(one.split(" ", -1)));
      words.remove(0);
      words.removeIf(word -> word.equals("--all"));
      if (words.contains("usd=0.0000166667")) {
        known.addAll(Set.of("0.0000166667", "0.0000133334", "2026", "22"));
      }
      words.addAll(List.of("-o", "json", "--db", db()));
      JsonNode answer = Cli.run(words.toArray(new String[0])).json();
      add(known, answer);
      addSums(known, answer.path("rows"));
      addSums(known, ofNobody(answer.path("rows")));
      verdicts = answer.has("comparisons") ? answer.path("comparisons") : verdicts;
      findings = answer.has("findings") ? answer.path("findings") : findings;
      deployments = one.contains("report_deployments") ? answer.path("rows") : deployments;
    }
    if (verdicts != null && findings != null && deployments != null) {
      addWaiting(known, verdicts, findings, deployments);
    }
    return known;
  }

  static void add(Set<String> known, JsonNode value) {
    if (value.isNumber()) {
      addForms(known, value.doubleValue());
      addForms(known, value.doubleValue() - LAST_DIGIT);
      addForms(known, value.doubleValue() + LAST_DIGIT);
    } else if (value.isTextual()) {
      known.addAll(numbers(value.textValue()));
      addTime(known, value.textValue());
    } else {
      value.forEach(child -> add(known, child));
    }
  }

  static void addForms(Set<String> known, double value) {
    FORMS.forEach(form -> known.addAll(numbers(form.apply(value))));
  }

  private static void addTime(Set<String> known, String text) {
    if (text.matches("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*")) {
      String iso = text.replace(' ', 'T').replaceAll("(\\.\\d+)?Z?$", "");
      Instant time = Instant.parse((iso.length() == 16 ? iso + ":00" : iso) + "Z");
      known.addAll(numbers(Figure.time(time)));
    }
    if (text.matches("\\d{4}-\\d\\d-\\d\\d.*")) {
      known.addAll(numbers(Figure.day(LocalDate.parse(text.substring(0, 10)))));
    }
  }

  /** Totals stand below columns, and the last week stands against the one before it. */
  private static void addSums(Set<String> known, JsonNode rows) {
    Set<String> columns = new TreeSet<>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
    known.add(Figure.count(rows.size()));
    for (String column : columns) {
      double sum = 0;
      double before = Double.NaN;
      double last = Double.NaN;
      for (JsonNode row : rows) {
        sum += row.path(column).doubleValue();
        before = last;
        last = row.path(column).doubleValue();
      }
      addForms(known, sum);
      addForms(known, last - before);
    }
  }

  /** Rows of functions that the settings give no owner. */
  private static JsonNode ofNobody(JsonNode rows) {
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    for (JsonNode row : rows) {
      if (!row.path("function").asText().startsWith("checkout-")) {
        left.add(row);
      }
    }
    return left;
  }

  /**
   * Change x cold starts hit, of a finding that an earlier deployment opened what is still there of
   * it x cold starts of the live one: each, and the first three in money.
   */
  private static void addWaiting(
      Set<String> known, JsonNode verdicts, JsonNode findings, JsonNode deployments) {
    TreeMap<Double, Double> usdByWait = new TreeMap<>(Comparator.reverseOrder());
    for (JsonNode verdict : verdicts) {
      for (JsonNode deployment : deployments) {
        if (isOf(verdict, "after", deployment)) {
          double change = verdict.path("change_ms").doubleValue();
          double wait = change * deployment.path("waited_for").longValue();
          known.addAll(numbers(Figure.addedDuration(wait)));
          boolean open =
              verdict.path("verdict").textValue().equals("slower")
                  && deployment.path("replaced_by").isNull();
          if (open) {
            usdByWait.put(wait, change * deployment.path("usd_per_ms").doubleValue());
          }
        }
      }
      known.add(Figure.count(Math.max(0, verdict.path("suspects").size() - 1)));
    }
    for (JsonNode finding : findings) {
      for (JsonNode deployment : deployments) {
        if (finding.path("state").asText().equals("open")
            && !finding.path("live").equals(finding.path("opened_by"))
            && isOf(finding, "live", deployment)) {
          double still = finding.path("change_ms").doubleValue();
          double wait = still * deployment.path("waited_for").longValue();
          known.addAll(numbers(Figure.addedDuration(wait)));
          usdByWait.put(wait, still * deployment.path("usd_per_ms").doubleValue());
        }
      }
    }
    double top3 = usdByWait.values().stream().limit(3).mapToDouble(Double::doubleValue).sum();
    known.addAll(numbers(Figure.usd(-Phrase.perMonth(top3))));
  }

  private static boolean isOf(JsonNode one, String side, JsonNode deployment) {
    return one.path("function").equals(deployment.path("function"))
        && one.path(side).equals(deployment.path("deployment"));
  }

  /** What a reader reads: without tags, commands, axes, and what stands in code. */
  static String text(String html) {
    return html.replaceAll("(?s)<code[^>]*>.*?</code>", " ")
        .replaceAll("(?s)<text [^>]*>.*?</text>", " ")
        .replaceAll("<[^>]*>", " | ")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(one -> one.group().replaceAll(",$", "")).toList();
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
