package dev.frostline.cli.whatif;

import dev.frostline.cli.advice.Trial;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.verdict.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a change did, as the JSON contract has it; numbers that are not known are null. */
final class TrialJson {
  private TrialJson() {}

  static Map<String, Object> answer(Trial trial, List<String> notCompared) {
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("trial", of(trial, null));
    answer.put("not_compared", notCompared);
    return answer;
  }

  static Map<String, @Nullable Object> of(Trial trial, @Nullable StartRate rate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("change", trial.variant().change().kind().name().toLowerCase(Locale.ROOT));
    json.put("modules", trial.variant().change().modules());
    json.put("outcome", trial.outcome().word());
    json.put("runs", trial.runs());
    json.put("init_before_ms", rounded(trial.beforeMs()));
    json.put("code_before_ms", rounded(trial.codeBeforeMs()));
    json.put("init_change_ms", rounded(trial.initMs().estimate()));
    json.put("init_ci_ms", interval(trial.initMs()));
    json.put(
        "usd_per_month",
        rate == null ? null : rounded(rate.usdPerMonth(trial.initMs().estimate())));
    json.put("events", trial.events());
    json.put("used_in_events", trial.usedIn());
    json.put("used_share", rounded(trial.usedShare()));
    json.put("first_use_ms", rounded(trial.firstUseMs().estimate()));
    json.put("first_use_ci_ms", interval(trial.firstUseMs()));
    json.put("still_loaded", trial.stillLoaded());
    json.put("stays", trial.variant().stays().stream().map(stay -> stay.words()).toList());
    json.put("differences", trial.differences().stream().map(one -> one.part()).toList());
    json.put("diff", trial.variant().diff());
    json.put("steps", trial.variant().steps());
    return json;
  }

  private static List<@Nullable Double> interval(Interval interval) {
    List<@Nullable Double> ends = new ArrayList<>();
    ends.add(rounded(interval.low()));
    ends.add(rounded(interval.high()));
    return ends;
  }

  static @Nullable Double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : null;
  }
}
