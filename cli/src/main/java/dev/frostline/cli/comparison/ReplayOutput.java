package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.verdict.Judge.Calibration;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often deployments that never happened were called slower or faster. */
final class ReplayOutput {
  private final List<Calibration> calibrations;

  ReplayOutput(List<Calibration> calibrations) {
    this.calibrations = calibrations;
  }

  void print(OutputFormat format, PrintWriter out) {
    if (format == OutputFormat.JSON) {
      printJson(out);
    } else if (format != OutputFormat.TABLE) {
      grid(calibrations).print(format, out);
    } else {
      printTable(out);
    }
    out.flush();
  }

  private void printTable(PrintWriter out) {
    List<Calibration> played =
        calibrations.stream().filter(one -> one.result().replays() > 0).toList();
    if (!played.isEmpty()) {
      grid(played).print(OutputFormat.TABLE, out);
    }
    int few = calibrations.size() - played.size();
    if (few > 0) {
      out.printf(" ~ %d function%s with too short a history%n", few, few == 1 ? "" : "s");
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%,d replays of deployments that never happened, %,d called slower or faster: %s%n",
        replays(),
        falseAlarms(),
        percent(rate()));
  }

  private static Grid grid(List<Calibration> calibrations) {
    Grid grid =
        new Grid(
            List.of(
                "FUNCTION", "DEPLOYMENT", "n", "REPLAYS", "FALSE ALARMS", "RATE", "FLOOR NEEDED"));
    for (Calibration one : calibrations) {
      grid.add(
          List.of(
              one.function(),
              one.deployment(),
              one.starts(),
              one.result().replays(),
              one.result().falseAlarms(),
              percent(one.result().rate()),
              ComparisonText.millis(one.result().floorMs())));
    }
    return grid;
  }

  private void printJson(PrintWriter out) {
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("replays", replays());
    answer.put("false_alarms", falseAlarms());
    List<Object> functions = new ArrayList<>();
    for (Calibration one : calibrations) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("account", one.account());
      json.put("region", one.region());
      json.put("function", one.function());
      json.put("deployment", one.deployment());
      json.put("starts", one.starts());
      json.put("replays", one.result().replays());
      json.put("false_alarms", one.result().falseAlarms());
      json.put("floor_ms", one.result().floorMs());
      functions.add(json);
    }
    answer.put("functions", functions);
    JsonOutput.print(out, answer);
  }

  private int replays() {
    return calibrations.stream().mapToInt(one -> one.result().replays()).sum();
  }

  private int falseAlarms() {
    return calibrations.stream().mapToInt(one -> one.result().falseAlarms()).sum();
  }

  private double rate() {
    return replays() == 0 ? Double.NaN : (double) falseAlarms() / replays();
  }

  private static String percent(double rate) {
    return Double.isFinite(rate) ? String.format(Locale.ROOT, "%.2f %%", 100 * rate) : "–";
  }
}
