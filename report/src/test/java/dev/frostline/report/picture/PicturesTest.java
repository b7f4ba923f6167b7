package dev.frostline.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.report.Page;
import dev.frostline.store.Store;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PicturesTest {
  @Test
  void distribution_hasTheQuantilesOfEachSide() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      Distribution distribution =
          Distribution.of("1", durations(store, "1"), "2", durations(store, "2"));
      assertEquals(2, distribution.sides().size());
      Distribution.Side before = distribution.sides().get(0);
      assertEquals(3, before.starts());
      assertEquals(110, before.medianMs());
      assertEquals(105, before.quarterMs());
      assertEquals(146, before.p95Ms(), 1e-9);
      assertEquals(170, distribution.sides().get(1).medianMs());
      assertEquals(0, distribution.beyond());
      assertTrue(distribution.bars().stream().allMatch(bar -> bar.height() > 0));
    }
  }

  @Test
  void distributionOfNothing_isEmpty() {
    Distribution none = Distribution.of("1", new double[0], "2", new double[0]);
    assertEquals(List.of(), none.sides());
    assertEquals(List.of(), none.bars());
  }

  @Test
  void distributionOfOne_standsAboveTheLine_andSaysWhatLiesToTheRight() {
    double[] times = new double[60];
    java.util.Arrays.setAll(times, i -> 300 + i);
    times[59] = 900;
    Distribution one = Distribution.of("1", new double[0], "2", times);
    assertTrue(one.bars().stream().noneMatch(Distribution.Bar::below));
    assertEquals("one more at 900 ms", one.beyondWords());
    String drawn = Page.html("picture/distribution.jte", Map.of("distribution", one));
    assertTrue(drawn.contains("one more at 900 ms →"), drawn);
    assertTrue(
        Distribution.of("1", times, "2", times).bars().stream().anyMatch(Distribution.Bar::below));
  }

  @Test
  void functionTrend_marksEachDeployment() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      FunctionTrend trend =
          FunctionTrend.read(
              store.connection(),
              Orders.FUNCTION,
              null,
              List.of(),
              (before, after) -> before + ".." + after);
      assertEquals(60, trend.stepMinutes());
      assertEquals(6, trend.steps().size());
      assertEquals(100, trend.steps().get(0).p50Ms());
      assertEquals(
          List.of("1", "2"), trend.marks().stream().map(FunctionTrend.Mark::label).toList());
      assertEquals("1..2", trend.marks().get(1).href());
    }
  }

  @Test
  void waterfall_putsImportsOneBehindTheOther() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      ColdStartTrace start = ColdStartTrace.read(store.connection(), 11).orElseThrow();
      Waterfall waterfall = Waterfall.of(start, 50);
      assertEquals(
          List.of("old", "app", "json", "not in any import"),
          waterfall.bars().stream().map(Waterfall.Bar::name).toList());
      assertEquals(21, waterfall.bars().get(1).beginMs(), 1e-9);
      assertEquals(42, waterfall.bars().get(1).cumulativeMs(), 1e-9);
      assertEquals(100 - 63, waterfall.bars().get(3).cumulativeMs(), 1e-9);
      assertEquals(1, Waterfall.of(start, 2).hidden());
    }
  }

  @Test
  void drawings_standBesideTheirNumbers() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      FunctionTrend trend =
          FunctionTrend.read(
              store.connection(), Orders.FUNCTION, null, List.of(), (before, after) -> "/compare");
      String drawn = Page.html("picture/functionTrend.jte", Map.of("trend", trend));
      assertTrue(drawn.contains("<a class=\"mark \" href=\"/compare\""), drawn);
      assertTrue(drawn.contains("<td class=\"n\">200 ms</td>"), drawn);
      ColdStartTrace start = ColdStartTrace.read(store.connection(), 11).orElseThrow();
      String bars = Page.html("picture/waterfall.jte", Map.of("waterfall", Waterfall.of(start, 2)));
      assertTrue(bars.contains("1 smaller imports are not shown"), bars);
      assertTrue(bars.contains("<code>app</code>"), bars);
    }
  }

  @Test
  void drawings_haveTheirNumbersToScale() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      FunctionTrend trend =
          FunctionTrend.read(
              store.connection(), Orders.FUNCTION, null, List.of(), (before, after) -> "");
      String drawn = Page.html("picture/functionTrend.jte", Map.of("trend", trend));
      for (int column = 1; column <= 2; column++) {
        assertEquals(
            numbers(
                drawn,
                "<tr data[^>]*>" + "(?:.*?<td class=\"n\">([0-9.]+) ms){%d}.*".formatted(column)),
            numbers(
                    drawn,
                    "dot %s\" cx=\"[^\"]*\" cy=\"([0-9.]+)\""
                        .formatted(column == 1 ? "p50" : "p95"))
                .stream()
                .map(y -> (166 - y) * 200 / (166 - 26))
                .toList());
      }
      Waterfall waterfall =
          Waterfall.of(ColdStartTrace.read(store.connection(), 11).orElseThrow(), 50);
      String bars = Page.html("picture/waterfall.jte", Map.of("waterfall", waterfall));
      assertEquals(
          numbers(bars, "</th><td class=\"n\">([0-9.]+) ms"), numbers(bars, " x=\"([0-9.]+)%"));
      assertEquals(
          numbers(bars, "([0-9.]+) ms</td><td class=\"bars\">"),
          numbers(bars, " x=\"[0-9.]+%\" width=\"([0-9.]+)%"));
      ImportTree tree = ImportTree.difference(Orders.tree(store, "1"), Orders.tree(store, "2"));
      String boxes = Page.html("picture/icicle.jte", Map.of("icicle", Icicle.of("1 → 2", tree)));
      List<Double> after = numbers(boxes, "box more[^>]*><title>[^<]*→ ([0-9.]+) ms");
      assertEquals(List.of(103.0, 103.0, 71.0, 17.0, 12.0), after);
      assertEquals(
          after.subList(1, 5).stream().map(ms -> Math.round(1000 * ms / 125) / 10.0).toList(),
          numbers(boxes, "box more[^>]*x=\"[0-9.]+%\" y=\"[0-9]+\" width=\"([0-9.]+)%")
              .subList(1, 5));
      Distribution distribution =
          Distribution.of("1", durations(store, "1"), "2", durations(store, "2"));
      String sides = Page.html("picture/distribution.jte", Map.of("distribution", distribution));
      List<Double> at = numbers(sides, "class=\"rule\" x1=\"([0-9.]+)%");
      assertEquals(
          List.of(110L, 170L),
          numbers(sides, "class=\"median\" x1=\"([0-9.]+)%").stream()
              .map(x -> Math.round(100 + 100 * (x - at.get(0)) / (at.get(2) - at.get(0))))
              .toList());
    }
  }

  private static List<Double> numbers(String drawn, String pattern) {
    return Pattern.compile(pattern)
        .matcher(drawn)
        .results()
        .map(found -> Double.valueOf(found.group(1)))
        .toList();
  }

  @Test
  void phases_areMediansOfTracedStarts() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      Phases phases = Phases.read(store.connection(), Selection.of(Orders.FUNCTION, "2", null));
      assertEquals(3, phases.coldStarts());
      assertEquals(160, phases.importsMs());
      assertEquals("python3.13 arm64 512 MB", phases.configuration());
    }
  }

  private static double[] durations(Store store, String deployment) throws SQLException {
    return Distribution.read(store.connection(), Selection.of(Orders.FUNCTION, deployment, null));
  }
}
