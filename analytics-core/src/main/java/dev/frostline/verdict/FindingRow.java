package dev.frostline.verdict;

import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One finding as a row of a table, in whatever holds it: the columns of {@code finding} in their
 * order, but for the time at which it was first known.
 */
public record FindingRow(
    String account,
    String region,
    String function,
    String track,
    String kind,
    String verdict,
    String before,
    Instant beforeSince,
    String after,
    Instant afterSince,
    @Nullable Double changeMs,
    @Nullable Double changeLowMs,
    @Nullable Double changeHighMs,
    @Nullable Double changePct,
    @Nullable Double hostMs,
    @Nullable Double p,
    @Nullable String suspect,
    @Nullable Double suspectMs,
    @Nullable String state,
    @Nullable Double stillMs,
    @Nullable String closedBy,
    @Nullable Instant closedAt) {
  /** The findings of an answer in its order. */
  public static List<FindingRow> of(Answer answer) {
    IdentityHashMap<Comparison, FindingLife> lives = new IdentityHashMap<>();
    answer.findings().forEach(life -> lives.put(life.opening(), life));
    List<FindingRow> rows = new ArrayList<>();
    for (Comparison one : answer.comparisons()) {
      if (one.verdict().isFinding()) {
        rows.add(of(one, lives.get(one)));
      }
    }
    return rows;
  }

  private static FindingRow of(Comparison one, @Nullable FindingLife life) {
    Suspect suspect = one.suspects().isEmpty() ? null : one.suspects().get(0);
    return new FindingRow(
        one.account(),
        one.region(),
        one.function(),
        one.track(),
        one.kind().word(),
        one.verdict().word(),
        one.before().deployment(),
        one.before().since(),
        one.after().deployment(),
        one.after().since(),
        known(one.changeMs().estimate()),
        known(one.changeMs().low()),
        known(one.changeMs().high()),
        known(one.changePct()),
        known(one.hostMs()),
        known(one.p()),
        suspect == null ? null : suspect.name(),
        suspect == null ? null : known(suspect.cumulativeChangeMs()),
        life == null ? null : life.state().name().toLowerCase(Locale.ROOT),
        life == null ? null : known(life.still().estimate()),
        life == null ? null : life.closedBy(),
        life == null ? null : life.closedAt());
  }

  /** What is not known is no number. */
  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
