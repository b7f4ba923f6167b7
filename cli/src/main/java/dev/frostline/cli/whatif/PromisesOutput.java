package dev.frostline.cli.whatif;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.policy.Delivery;
import dev.frostline.policy.Promise;
import dev.frostline.report.Figure;
import dev.frostline.report.Phrase;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Interval;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Promises and what was delivered, for a terminal and for a program. */
record PromisesOutput(List<Delivery> deliveries) {
  void printTable(PrintWriter out) {
    if (deliveries.isEmpty()) {
      out.println("Nothing was promised.");
      out.println("Take an advice: frostline promises --add ADVICE.json -f FUNCTION");
    } else {
      grid().printTable(Columns.ofTerminal(), out);
    }
  }

  Grid grid() {
    Grid grid =
        new Grid(
            List.of(
                "NO.", "FUNCTION", "CHANGE", "PROMISED", "DELIVERED", "", "A MONTH", "DEPLOYMENT"));
    deliveries.forEach(one -> grid.add(row(one)));
    return grid;
  }

  private static List<@Nullable Object> row(Delivery one) {
    Promise promise = one.promise();
    Comparison comparison = one.comparison();
    boolean isKnown = Double.isFinite(one.deliveredMs().low());
    return Arrays.asList(
        promise.id(),
        promise.function(),
        promise.change(),
        TrialText.interval(promise.promisedMs()),
        isKnown ? TrialText.interval(one.deliveredMs()) : "",
        one.state().words(),
        Figure.usd(Phrase.usdPerMonth(one)),
        comparison == null
            ? promise.deployment()
            : comparison.before().deployment() + " → " + comparison.after().deployment());
  }

  void printJson(PrintWriter out) {
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("promises", deliveries.stream().map(PromisesOutput::json).toList());
    JsonOutput.print(out, answer);
  }

  private static Map<String, @Nullable Object> json(Delivery one) {
    Promise promise = one.promise();
    Comparison comparison = one.comparison();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("promise_id", promise.id());
    json.put("account", promise.account());
    json.put("region", promise.region());
    json.put("function", promise.function());
    json.put("change", promise.change());
    json.put("state", one.state().name().toLowerCase(Locale.ROOT));
    json.put("promised_ms", TrialJson.rounded(promise.promisedMs().estimate()));
    json.put("promised_ci_ms", interval(promise.promisedMs()));
    json.put("measured_ms", TrialJson.rounded(promise.measuredMs().estimate()));
    json.put("scale", promise.scale());
    json.put("delivered_ms", TrialJson.rounded(one.deliveredMs().estimate()));
    json.put("delivered_ci_ms", interval(one.deliveredMs()));
    json.put("usd_per_month", TrialJson.rounded(Phrase.usdPerMonth(one)));
    json.put("before", comparison == null ? null : comparison.before().deployment());
    json.put(
        "deployment", comparison == null ? promise.deployment() : comparison.after().deployment());
    json.put("given_by", promise.givenBy());
    json.put("given_at", promise.givenAt().toString());
    return json;
  }

  private static List<@Nullable Double> interval(Interval interval) {
    return Arrays.asList(TrialJson.rounded(interval.low()), TrialJson.rounded(interval.high()));
  }
}
