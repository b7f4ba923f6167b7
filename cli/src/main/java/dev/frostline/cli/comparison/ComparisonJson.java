package dev.frostline.cli.comparison;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.history.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison as the JSON contract has it; numbers that are not known are null. */
public final class ComparisonJson {
  private ComparisonJson() {}

  public static Map<String, @Nullable Object> of(Comparison comparison) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("account", comparison.account());
    json.put("region", comparison.region());
    json.put("function", comparison.function());
    json.put("before", comparison.before().deployment());
    json.put("after", comparison.after().deployment());
    json.put("before_since", comparison.before().since().toString());
    json.put("after_since", comparison.after().since().toString());
    json.put("kind", comparison.kind().word());
    json.put("track", comparison.track());
    json.put("verdict", comparison.verdict().word());
    Map<String, @Nullable Object> init = new LinkedHashMap<>();
    init.put("before", side(comparison.before()));
    init.put("after", side(comparison.after()));
    json.put("init_ms", init);
    json.put("change_ms", rounded(comparison.changeMs().estimate()));
    json.put("change_pct", rounded(comparison.changePct()));
    List<@Nullable Object> interval = new ArrayList<>();
    interval.add(rounded(comparison.changeMs().low()));
    interval.add(rounded(comparison.changeMs().high()));
    json.put("ci_ms", interval);
    json.put("p", finite(comparison.p()));
    json.put("q", finite(comparison.q()));
    json.put("suspects", suspects(comparison.suspects()));
    json.put("packages", suspects(comparison.packages()));
    json.put("floor_ms", rounded(comparison.floorMs()));
    json.put("needed_starts", comparison.needed());
    json.put("unexplained_ms", rounded(comparison.unexplainedMs()));
    json.put("host_ms", rounded(comparison.hostMs()));
    json.put("measured_ms", rounded(comparison.measuredMs()));
    json.put("noise_pct", rounded(comparison.noise().rawPct()));
    json.put("added_ms_per_week", rounded(comparison.addedMsPerWeek()));
    json.put("persists", comparison.persists());
    json.put("stratum", stratum(comparison.configuration()));
    json.put("notes", comparison.notes());
    return json;
  }

  /** What the starts that were compared ran in. */
  private static @Nullable Map<String, @Nullable Object> stratum(@Nullable Configuration one) {
    if (one == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("memory_mb", one.memoryMb());
    json.put("architecture", one.architecture());
    json.put("runtime", one.runtime());
    json.put("runtime_version", one.runtimeVersion());
    json.put("layers", one.layers());
    json.put("init_kind", one.initKind());
    return json;
  }

  /** What was said of a finding that somebody accepted. */
  public static Map<String, String> of(Acknowledgement accepted) {
    return Map.of(
        "by", accepted.givenBy(),
        "reason", accepted.reason(),
        "until", accepted.until().toString());
  }

  /** A finding with its life: {@code state} is open, taken_back or rolled_back. */
  public static Map<String, @Nullable Object> of(FindingLife life) {
    Comparison opening = life.opening();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("account", opening.account());
    json.put("region", opening.region());
    json.put("function", opening.function());
    json.put("track", opening.track());
    json.put("kind", opening.kind().word());
    json.put("before", opening.before().deployment());
    json.put("opened_by", life.openedBy());
    json.put("since", life.since().toString());
    json.put("opened_ms", rounded(opening.changeMs().estimate()));
    json.put("state", life.state().name().toLowerCase(Locale.ROOT));
    json.put("change_ms", rounded(life.still().estimate()));
    json.put("live", life.live());
    json.put("closed_by", life.closedBy());
    json.put("closed_at", life.closedAt() == null ? null : life.closedAt().toString());
    return json;
  }

  private static Map<String, @Nullable Object> side(Side side) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("median", rounded(side.medianMs()));
    json.put("n", side.starts());
    json.put("traced", side.traced());
    json.put("days", side.days());
    return json;
  }

  private static List<Map<String, @Nullable Object>> suspects(List<Suspect> suspects) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Suspect suspect : suspects) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("name", suspect.name());
      json.put("kind", suspect.kind());
      json.put("change", suspect.change().word());
      json.put("self_change_ms", rounded(suspect.selfChangeMs()));
      json.put("cumulative_change_ms", rounded(suspect.cumulativeChangeMs()));
      json.put("share", rounded(suspect.share()));
      json.put("imported_by", suspect.chain());
      list.add(json);
    }
    return list;
  }

  /** To a microsecond; null where it is not known. */
  static @Nullable Double rounded(double value) {
    return Double.isFinite(value) ? Double.valueOf(Math.round(value * 1000) / 1000.0) : null;
  }

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
