package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.report.Figure;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One function of the fleet.
 *
 * @param row its row of page_fleet
 * @param latest the slowdown that is open, else what its live deployment did; absent where nothing
 *     is known
 * @param unjudged why nothing is known, in words
 * @param owner the team that looks after it; empty when nobody is known
 * @param sparks medians of 24 parts of the period, NaN where there is none
 */
record FleetRow(
    Map<String, Object> row,
    @Nullable Comparison latest,
    String unjudged,
    String owner,
    List<Double> sparks) {
  private static final String NOT_KNOWN = "not known";
  private static final String NO_OWNER = "no owner";

  /** The columns it can be sorted by. */
  static final Map<String, Comparator<FleetRow>> ORDERS =
      Map.of(
          "function", Comparator.comparing(row -> row.text("function")),
          "starts", Comparator.comparingDouble(row -> row.number("cold_starts")),
          "p50", Comparator.comparingDouble(row -> row.number("init_p50_ms")),
          "p95", Comparator.comparingDouble(row -> row.number("init_p95_ms")),
          "change", Comparator.comparingDouble(FleetRow::changeMs),
          "added", Comparator.comparingDouble(FleetRow::addedMs),
          "seen", Comparator.comparing(row -> row.text("last_seen")));

  static String key(String account, String region, String function) {
    return account + "\n" + region + "\n" + function;
  }

  String key() {
    return key(text("account"), text("region"), text("function"));
  }

  String text(String name) {
    return Cells.text(row, name);
  }

  /** The value of a facet. */
  String facet(String name) {
    if (name.equals("verdict")) {
      return latest == null ? unjudged : Cells.word(latest.verdict());
    }
    if (name.equals("owner")) {
      return owner.isEmpty() ? NO_OWNER : owner;
    }
    String value = text(name);
    return value.isEmpty() ? NOT_KNOWN : value;
  }

  /** Milliseconds a week that the latest change adds; nothing where it is no finding. */
  double addedMs() {
    return latest != null && latest.verdict().isFinding() ? latest.addedMsPerWeek() : 0;
  }

  private double changeMs() {
    return latest != null && latest.verdict().isFinding() && latest.verdict() != Verdict.MOVED
        ? latest.changeMs().estimate()
        : 0;
  }

  private double number(String name) {
    double value = Cells.number(row, name);
    return Double.isNaN(value) ? -1 : value;
  }

  List<Cell> cells(@Nullable String since, boolean withPlace) {
    Address function = Address.function(text("account"), text("region"), text("function"));
    List<Cell> cells = new ArrayList<>();
    cells.add(
        Cells.name(text("function"))
            .to(function.with("since", since))
            .note(
                owner
                    + (withPlace
                        ? (owner.isEmpty() ? "" : " · ") + text("region") + " " + text("account")
                        : "")));
    cells.add(change());
    cells.add(
        Cell.of(addedMs() == 0 ? "–" : Figure.addedDuration(addedMs()))
            .tone(addedMs() == 0 ? "quiet" : ""));
    cells.add(Cell.spark(Spark.of(sparks)));
    cells.add(Cells.ms(row, "init_p50_ms"));
    cells.add(Cells.ms(row, "init_p95_ms"));
    cells.add(Cells.count(row, "cold_starts"));
    cells.add(Cells.name(facet("runtime")).note(memory()));
    cells.add(Cells.time(row, "last_seen"));
    return cells;
  }

  private Cell change() {
    if (latest == null) {
      return Cell.of(unjudged).tone("quiet");
    }
    String deployments = Cells.pair(latest);
    String cause = latest.verdict().isFinding() ? Cells.cause(latest) : "";
    return Cells.change(latest)
        .to(
            Address.comparison(
                latest.account(),
                latest.region(),
                latest.function(),
                latest.before().deployment(),
                latest.after().deployment()))
        .note(deployments + (cause.isEmpty() ? "" : " · " + cause));
  }

  private String memory() {
    String size = text("memory_mb");
    String architecture = text("architecture");
    return (size.isEmpty() ? "" : size + " MB")
        + (architecture.isEmpty() ? "" : " " + architecture);
  }
}
