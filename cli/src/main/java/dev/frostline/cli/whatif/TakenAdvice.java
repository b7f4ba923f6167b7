package dev.frostline.cli.whatif;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.advice.Trial;
import dev.frostline.cli.program.Change;
import dev.frostline.cli.store.FunctionLookup;
import dev.frostline.policy.Promise;
import dev.frostline.store.NamedQuery;
import dev.frostline.verdict.statistics.Interval;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change that somebody will make since a trial has shown that it helps.
 *
 * @param change the change in words
 * @param measuredMs change of init, CPU ms
 * @param codeMs init before it without the interpreter's own start, CPU ms; NaN where unknown
 */
record TakenAdvice(String change, Interval measuredMs, double codeMs) {
  /**
   * What {@code advise -o json} proposes, or {@code what-if -o json} tried; none where it helps
   * not.
   */
  static Optional<TakenAdvice> of(JsonNode answer) {
    JsonNode trial = answer.path("trial");
    if (trial.isMissingNode()) {
      trial = answer.path("together").path(0);
      for (JsonNode one : answer.path("tried")) {
        trial = isTaken(trial) || !isTaken(one) ? trial : one;
      }
    }
    return isTaken(trial) ? Optional.of(ofTrial(trial)) : Optional.empty();
  }

  private static boolean isTaken(JsonNode trial) {
    String outcome = trial.path("outcome").asText();
    return outcome.equals("helps") || outcome.equals("moved");
  }

  private static TakenAdvice ofTrial(JsonNode trial) {
    List<String> modules = new ArrayList<>();
    trial.path("modules").forEach(module -> modules.add(module.asText()));
    JsonNode interval = trial.path("init_ci_ms");
    Change.Kind kind = Change.Kind.valueOf(trial.path("change").asText().toUpperCase(Locale.ROOT));
    return new TakenAdvice(
        Change.of(kind, modules).words(),
        new Interval(
            trial.path("init_change_ms").asDouble(Double.NaN),
            interval.path(0).asDouble(Double.NaN),
            interval.path(1).asDouble(Double.NaN)),
        trial.path("code_before_ms").asDouble(Double.NaN));
  }

  static TakenAdvice of(Trial trial) {
    return new TakenAdvice(trial.variant().change().words(), trial.initMs(), trial.codeBeforeMs());
  }

  /**
   * The promise that it is for a function of the store.
   *
   * @param deployment the one that carries it; null for the next
   */
  Promise promise(
      Connection connection,
      FunctionLookup found,
      @Nullable String deployment,
      String by,
      Instant now)
      throws SQLException {
    double scale = scale(connection, found);
    return new Promise(
        0,
        found.function().account(),
        found.function().region(),
        found.function().name(),
        change,
        deployment,
        measuredMs,
        scale,
        StartRate.of(connection, found.function())
            .map(rate -> rate.usdPerMonth(measuredMs.estimate() * scale))
            .orElse(Double.NaN),
        by,
        now);
  }

  private double scale(Connection connection, FunctionLookup found) throws SQLException {
    List<@Nullable Double> code =
        NamedQuery.of("code_init")
            .with("account", found.function().account())
            .with("region", found.function().region())
            .with("function", found.function().name())
            .rows(connection, row -> row.getDouble("code_init_ms"));
    double scale = code.isEmpty() ? Double.NaN : Objects.requireNonNull(code.get(0)) / codeMs;
    return scale > 0 && Double.isFinite(scale) ? scale : 1;
  }
}
