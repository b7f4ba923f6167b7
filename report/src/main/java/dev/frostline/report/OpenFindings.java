package dev.frostline.report;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Policy;
import dev.frostline.report.WeeklyReport.OpenFinding;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slowdowns that are open at the end of a week, of code that served in it or the 28 days
 * before, on the track that a report speaks of.
 */
final class OpenFindings {
  private final Week week;
  private final Policy policy;
  private final List<Acknowledgement> acknowledgements;
  private final List<FindingLife> lives = new ArrayList<>();

  OpenFindings(
      Week week, Policy policy, List<Acknowledgement> acknowledgements, List<FindingLife> open) {
    this.week = week;
    this.policy = policy;
    this.acknowledgements = acknowledgements;
    for (FindingLife life : open) {
      boolean serves = !life.lastStart().isBefore(week.since().minus(ChangesOfWeek.CARRIED_OVER));
      if (life.isMain() && serves) {
        lives.add(life);
      }
    }
  }

  /** These comparisons, and those that opened what is still there. */
  List<Comparison> with(List<Comparison> comparisons) {
    List<Comparison> all = new ArrayList<>(comparisons);
    for (FindingLife life : lives) {
      if (of(life.opening(), comparisons) == null) {
        all.add(life.opening());
      }
    }
    return all;
  }

  /** The finding that a comparison opened; null where none is open. */
  @Nullable FindingLife openedBy(Comparison comparison) {
    return lives.stream()
        .filter(life -> isSame(life.opening(), comparison))
        .findFirst()
        .orElse(null);
  }

  /** What is told: all that nobody has accepted, the oldest first. */
  List<OpenFinding> told() {
    return lives.stream()
        .filter(life -> acknowledgements.stream().noneMatch(one -> accepts(one, life)))
        .map(this::told)
        .sorted(Comparator.comparing(OpenFinding::since).thenComparing(OpenFinding::function))
        .toList();
  }

  private boolean accepts(Acknowledgement one, FindingLife life) {
    return one.covers(life.opening()) && one.holdsOn(week.nextMonday().minusDays(1));
  }

  private OpenFinding told(FindingLife life) {
    Comparison opening = life.opening();
    return new OpenFinding(
        opening.account(),
        opening.region(),
        opening.function(),
        policy.ownerOf(opening.function()),
        opening.kind().word(),
        opening.before().deployment(),
        life.openedBy(),
        life.live(),
        life.still().estimate(),
        opening.changeMs().estimate(),
        life.since(),
        Duration.between(life.since(), week.until()).toDays());
  }

  private static @Nullable Comparison of(Comparison wanted, List<Comparison> all) {
    return all.stream().filter(one -> isSame(one, wanted)).findFirst().orElse(null);
  }

  /** The same comparison, whatever it was corrected over. */
  private static boolean isSame(Comparison one, Comparison other) {
    return one.kind() == other.kind()
        && one.function().equals(other.function())
        && one.account().equals(other.account())
        && one.region().equals(other.region())
        && one.before().equals(other.before())
        && one.after().equals(other.after());
  }
}
