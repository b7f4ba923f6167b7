package dev.frostline.cli.comparison;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.verdict.Gate;
import dev.frostline.verdict.Gate.Outcome;
import dev.frostline.verdict.comparison.Comparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The findings that somebody accepted and whose day is not over. */
public record AcceptedFindings(List<Acknowledgement> all) {
  public static AcceptedFindings of(Connection connection) throws SQLException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return new AcceptedFindings(
        new Acknowledgements(connection).all().stream().filter(one -> one.holdsOn(today)).toList());
  }

  /** What was said about a comparison; null where nothing was. */
  @Nullable
  public Acknowledgement of(Comparison comparison) {
    return all.stream().filter(one -> one.covers(comparison)).findFirst().orElse(null);
  }

  /** A gate's judgement; what it fails passes where it was accepted. */
  public Gate.Judgement judge(Gate gate, Comparison comparison) {
    Gate.Judgement judgement = gate.judge(comparison);
    Acknowledgement one = of(comparison);
    return judgement.outcome() == Outcome.FAILED && one != null
        ? new Gate.Judgement(Outcome.PASSED, List.of(words(one)))
        : judgement;
  }

  public static String words(Acknowledgement one) {
    return "accepted until " + one.until() + " by " + one.givenBy() + ": " + one.reason();
  }
}
