package dev.frostline.page;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.verdict.comparison.Comparison;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accepting a finding on the page: for a reason, until a day. */
record Accepting(Comparison comparison) {
  private static final int LONGEST_REASON = 500;
  private static final int USUAL_DAYS = 30;

  /**
   * What a form is about.
   *
   * @throws NotThereException when the store has no such comparison
   */
  static Accepting of(Map<String, String> form, Snapshot snapshot) throws SQLException {
    FunctionId function =
        new FunctionId(
            form.getOrDefault("account", ""),
            form.getOrDefault("region", ""),
            form.getOrDefault("function", ""));
    return new Accepting(
        CompareView.comparison(
            snapshot,
            function,
            form.getOrDefault("before", ""),
            form.getOrDefault("after", ""),
            null));
  }

  /** What the form is about, for its hidden fields. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("account", comparison.account());
    fields.put("region", comparison.region());
    fields.put("function", comparison.function());
    fields.put("before", comparison.before().deployment());
    fields.put("after", comparison.after().deployment());
    return fields;
  }

  /** Whether there is something to accept. */
  boolean isFinding() {
    return comparison.verdict().isFinding() && comparison.changeMs().estimate() > 0;
  }

  /** The day that the form offers. */
  LocalDate usual() {
    return today().plusDays(USUAL_DAYS);
  }

  LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  /**
   * What a form accepts.
   *
   * @throws IllegalArgumentException with a sentence for who filled it in
   */
  Acknowledgement given(Map<String, String> form, String by) {
    String reason = form.getOrDefault("reason", "").strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "Say why it is accepted, in at most " + LONGEST_REASON + " characters.");
    }
    return new Acknowledgement(
        comparison.account(),
        comparison.region(),
        comparison.function(),
        comparison.before().deployment(),
        comparison.after().deployment(),
        reason,
        by,
        Instant.now(),
        Acknowledgement.lastDay(form.getOrDefault("until", ""), today()));
  }

  /** What was said about it; absent where nothing was. */
  @Nullable Acknowledgement held(Snapshot snapshot) throws SQLException {
    return held(comparison, snapshot);
  }

  static @Nullable Acknowledgement held(Comparison comparison, Snapshot snapshot)
      throws SQLException {
    return snapshot.with(connection -> new Acknowledgements(connection).all()).stream()
        .filter(one -> one.covers(comparison))
        .findFirst()
        .orElse(null);
  }
}
