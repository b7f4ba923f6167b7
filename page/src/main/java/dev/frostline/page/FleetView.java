package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.policy.Policy;
import dev.frostline.report.Figure;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.findings.FindingLife;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every function: how it starts, what changed last and what that costs. */
final class FleetView {
  private static final String DEFAULT_ORDER = "-added";
  private static final int PARTS = 24;
  private static final int MOST_SHOWN = 1000;
  private static final List<String> FACETS =
      List.of("owner", "runtime", "architecture", "region", "verdict");

  /** One value of a facet: how many functions have it, and where only they are shown. */
  record Value(String name, long functions, String address, boolean isChosen) {}

  /** A facet with more than one value. */
  record Facet(String name, List<Value> values) {}

  private FleetView() {}

  static View of(Address address, Snapshot snapshot, Period period, Policy policy)
      throws SQLException {
    Answer judged = snapshot.judged();
    Questions questions =
        new Questions(snapshot).with("since", period.since()).with("found", found(judged));
    List<FleetRow> all = rows(questions, judged, period, policy);
    List<FleetRow> shown = new ArrayList<>();
    for (FleetRow row : all) {
      if (isAskedFor(row, address, "")) {
        shown.add(row);
      }
    }
    shown.sort(order(address).thenComparing(FleetRow::key));
    Map<String, Object> model = new HashMap<>();
    model.put("facets", facets(all, address));
    model.put("periods", period.choices(address));
    model.put("filter", Objects.requireNonNullElse(address.parameter("q"), ""));
    model.put("kept", address.with("q", null).parameters());
    model.put("figures", all.isEmpty() ? List.of() : figures(all, judged != null, address));
    model.put("table", table(shown, all, address, period));
    return new View(
        "Fleet",
        "fleet",
        "fleet",
        model,
        Commands.of("regressions", "--all", period.option()),
        questions,
        Map.of(),
        judged == null);
  }

  /** Where what is live began with a change that nothing names. */
  private static @Nullable String found(@Nullable Answer judged) {
    List<Map<String, String>> found = new ArrayList<>();
    for (Comparison one : judged == null ? List.<Comparison>of() : judged.newest()) {
      String since = Cells.stored(one.after().since());
      if (since != null && (one.kind() == Kind.SHIFT || one.kind() == Kind.PATCH)) {
        found.add(
            Map.of(
                "account", one.account(),
                "region", one.region(),
                "function", one.function(),
                "live_since", since));
      }
    }
    return found.isEmpty() ? null : Twin.text(found);
  }

  /**
   * Of each function the slowdown that is open, or else what its live deployment did; of these what
   * came in the period.
   */
  private static Map<String, Comparison> latest(Answer judged, Period period) {
    Map<String, Comparison> latest = new HashMap<>();
    judged.newest().forEach(one -> latest.put(key(one), one));
    for (FindingLife life : judged.open()) {
      if (life.isMain()) {
        latest.put(key(life.opening()), life.opening());
      }
    }
    Instant since = Cells.instant(Objects.requireNonNullElse(period.since(), ""));
    if (since != null) {
      latest.values().removeIf(one -> one.after().since().isBefore(since));
    }
    return latest;
  }

  private static String key(Comparison comparison) {
    return FleetRow.key(comparison.account(), comparison.region(), comparison.function());
  }

  private static List<FleetRow> rows(
      Questions questions, @Nullable Answer judged, Period period, Policy policy)
      throws SQLException {
    Map<String, Comparison> latest = judged == null ? Map.of() : latest(judged, period);
    String unjudged =
        judged == null
            ? "judging …"
            : period.asked() == null ? "one deployment" : "no change in this time";
    List<Map<String, Object>> functions = questions.ask("fleet", "page_fleet");
    Map<String, List<Double>> sparks = new HashMap<>();
    for (Map<String, Object> part : questions.ask("sparks", "page_sparks")) {
      sparks
          .computeIfAbsent(
              key(part), key -> new ArrayList<>(Collections.nCopies(PARTS, Double.NaN)))
          .set((int) Cells.number(part, "part"), Cells.number(part, "init_p50_ms"));
    }
    List<FleetRow> rows = new ArrayList<>();
    for (Map<String, Object> function : functions) {
      String key = key(function);
      rows.add(
          new FleetRow(
              function,
              latest.get(key),
              unjudged,
              policy.ownerOf(Cells.text(function, "function")),
              sparks.getOrDefault(key, List.of())));
    }
    return rows;
  }

  private static String key(Map<String, Object> row) {
    return FleetRow.key(
        Cells.text(row, "account"), Cells.text(row, "region"), Cells.text(row, "function"));
  }

  private static boolean isAskedFor(FleetRow row, Address address, String exceptFacet) {
    String filter = address.parameter("q");
    boolean named =
        filter == null
            || row.text("function")
                .toLowerCase(Locale.ROOT)
                .contains(filter.toLowerCase(Locale.ROOT));
    return named
        && FACETS.stream()
            .filter(facet -> !facet.equals(exceptFacet))
            .allMatch(
                facet ->
                    address.parameter(facet) == null
                        || row.facet(facet).equals(address.parameter(facet)));
  }

  private static List<Facet> facets(List<FleetRow> rows, Address address) {
    List<Facet> facets = new ArrayList<>();
    for (String facet : FACETS) {
      Map<String, Long> counts = new TreeMap<>();
      for (FleetRow row : rows) {
        if (isAskedFor(row, address, facet)) {
          counts.merge(row.facet(facet), 1L, Long::sum);
        }
      }
      String chosen = address.parameter(facet);
      List<Value> values = new ArrayList<>();
      counts.forEach(
          (name, functions) ->
              values.add(
                  new Value(
                      Figure.name(name),
                      functions,
                      address.with(facet, name.equals(chosen) ? null : name).toString(),
                      name.equals(chosen))));
      values.sort(Comparator.comparingLong(Value::functions).reversed());
      if (values.size() > 1 || chosen != null) {
        facets.add(new Facet(facet, values.subList(0, Math.min(8, values.size()))));
      }
    }
    return facets;
  }

  private static Comparator<FleetRow> order(Address address) {
    String sort = Objects.requireNonNullElse(address.parameter("sort"), DEFAULT_ORDER);
    Comparator<FleetRow> order = FleetRow.ORDERS.get(sort.replaceFirst("^-", ""));
    if (order == null) {
      throw new IllegalArgumentException(
          "There is no column " + sort + " to sort by. Choose one of its heads.");
    }
    return sort.startsWith("-") ? order.reversed() : order;
  }

  private static List<Figures.One> figures(List<FleetRow> all, boolean judged, Address address) {
    long slower = all.stream().filter(row -> row.facet("verdict").equals("slower")).count();
    long faster = all.stream().filter(row -> row.facet("verdict").equals("faster")).count();
    double starts = all.stream().mapToDouble(row -> Cells.number(row.row(), "cold_starts")).sum();
    double added = all.stream().mapToDouble(FleetRow::addedMs).filter(ms -> ms > 0).sum();
    return List.of(
        new Figures.One("Functions", Figure.count(all.size()), "", ""),
        new Figures.One("Cold starts", Figure.count((long) starts), "in this period", ""),
        new Figures.One(
                "▲ Slower", judged ? Figure.count(slower) : "…", "by their latest change", "slower")
            .to(address.with("verdict", "slower")),
        new Figures.One(
                "▼ Faster", judged ? Figure.count(faster) : "…", "by their latest change", "faster")
            .to(address.with("verdict", "faster")),
        new Figures.One(
            "Added waiting",
            judged ? Figure.duration(added) : "…",
            "per week, latest changes",
            ""));
  }

  private static Table table(
      List<FleetRow> shown, List<FleetRow> all, Address address, Period period) {
    boolean withPlace =
        all.stream().map(row -> row.text("account") + row.text("region")).distinct().count() > 1;
    List<Column> columns =
        List.of(
            column("Function", "function", false, address),
            column("Latest change", "change", false, address),
            column("Added per week", "added", true, address),
            Column.text("Median over time"),
            column("Median", "p50", true, address),
            column("p95", "p95", true, address),
            column("Cold starts", "starts", true, address),
            Column.text("Runtime"),
            column("Last seen", "seen", false, address));
    List<List<Cell>> rows = new ArrayList<>();
    for (FleetRow row : shown.subList(0, Math.min(MOST_SHOWN, shown.size()))) {
      rows.add(row.cells(address.parameter("since"), withPlace));
    }
    String caption =
        Figure.counted(shown.size(), "function")
            + (shown.size() > MOST_SHOWN ? ", the first " + MOST_SHOWN + " of them" : "")
            + (shown.size() < all.size() ? " of " + Figure.count(all.size()) : "");
    Table table = new Table("functions", caption, columns, rows, period.none());
    boolean isNarrowed = period.asked() != null || shown.size() < all.size();
    return isNarrowed ? table.orElse(Address.of("")) : table;
  }

  private static Column column(String label, String name, boolean isNumber, Address address) {
    String sort = Objects.requireNonNullElse(address.parameter("sort"), DEFAULT_ORDER);
    boolean descending = sort.equals("-" + name);
    String order = descending ? "descending" : sort.equals(name) ? "ascending" : "";
    boolean textual = name.equals("function");
    String next = order.isEmpty() ? (textual ? name : "-" + name) : descending ? name : "-" + name;
    return new Column(label, isNumber, address.with("sort", next).toString(), order);
  }
}
