package dev.frostline.report;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Policy;
import dev.frostline.report.WeekAnswers.DeploymentWeek;
import dev.frostline.report.WeeklyReport.Cause;
import dev.frostline.report.WeeklyReport.Found;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.findings.FindingLife;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which comparisons belong to the week: those of deployments first seen in it, and of the 28 days
 * before while they still take cold starts; and what happened in it without a deployment. A
 * deployment of Sunday evening is judged in the next week, and a slowdown stays on the list,
 * whoever keeps it, until it is taken back or accepted.
 */
final class ChangesOfWeek {
  static final Duration CARRIED_OVER = Duration.ofDays(28);
  private static final int ACT_ON = 5;
  private static final int OTHERS = 10;
  private static final int WATCHED = 15;

  /** Where in the report a change belongs. */
  private enum Place {
    ACT_ON,
    WITHOUT_DEPLOY,
    FASTER,
    WATCH,
    ACKNOWLEDGED,
    NOWHERE
  }

  private record Key(FunctionId function, @Nullable String deployment) {}

  private static final Comparator<FoundChange> BY_NAME =
      Comparator.comparing((FoundChange change) -> change.function().name())
          .thenComparing(change -> change.function().account())
          .thenComparing(change -> change.function().region())
          .thenComparing(FoundChange::after);

  private static final Comparator<FoundChange> BY_WAIT =
      Comparator.comparing((FoundChange change) -> !change.open())
          .thenComparing(FoundChange::addedWaitMs, Comparator.reverseOrder())
          .thenComparing(BY_NAME);

  private final Week week;
  private final Policy policy;
  private final List<Acknowledgement> acknowledgements;
  private final List<FoundChange> changes = new ArrayList<>();

  ChangesOfWeek(
      Week week,
      Policy policy,
      List<Acknowledgement> acknowledgements,
      List<DeploymentWeek> deployments,
      List<Comparison> comparisons,
      OpenFindings open) {
    this.week = week;
    this.policy = policy;
    this.acknowledgements = acknowledgements;
    Map<Key, DeploymentWeek> byKey = new HashMap<>();
    for (DeploymentWeek deployment : deployments) {
      byKey.put(new Key(deployment.function(), deployment.deployment()), deployment);
    }
    for (Comparison comparison : comparisons) {
      DeploymentWeek deployment = byKey.get(new Key(FunctionId.of(comparison), served(comparison)));
      FindingLife life = open.openedBy(comparison);
      if (deployment != null && life != null) {
        DeploymentWeek live = byKey.get(new Key(FunctionId.of(comparison), life.live()));
        changes.add(change(comparison, deployment, live == null ? deployment : live, life));
      } else if (deployment != null && belongs(deployment, began(comparison, deployment))) {
        changes.add(change(comparison, deployment, deployment, null));
      }
    }
  }

  Found actOn() {
    return found(Place.ACT_ON, BY_WAIT, ACT_ON);
  }

  Found withoutDeploy() {
    return found(Place.WITHOUT_DEPLOY, BY_WAIT, OTHERS);
  }

  Found faster() {
    return found(
        Place.FASTER,
        Comparator.comparingDouble(FoundChange::addedWaitMs).thenComparing(BY_NAME),
        OTHERS);
  }

  Found watch() {
    return found(
        Place.WATCH,
        Comparator.comparing(FoundChange::coldStartsHit, Comparator.reverseOrder())
            .thenComparing(BY_NAME),
        WATCHED);
  }

  /** What somebody accepted and still holds; it returns to its own place when its day is over. */
  Found acknowledged() {
    return found(Place.ACKNOWLEDGED, BY_WAIT, OTHERS);
  }

  int slowerOfWeek() {
    return count(Place.ACT_ON, false);
  }

  int stillOpen() {
    return count(Place.ACT_ON, true);
  }

  int fasterOfWeek() {
    return count(Place.FASTER, false);
  }

  int withoutDeployOfWeek() {
    return count(Place.WITHOUT_DEPLOY, false);
  }

  int unchangedOfWeek() {
    int unchanged = 0;
    for (FoundChange change : changes) {
      unchanged += change.verdict() == Verdict.UNCHANGED && !change.carriedOver() ? 1 : 0;
    }
    return unchanged;
  }

  /** The deployment that served after: what happened under one names only a stretch of it. */
  private static String served(Comparison comparison) {
    return isUnderOne(comparison)
        ? comparison.after().deploymentOfPeriod()
        : comparison.after().deployment();
  }

  private static Instant began(Comparison comparison, DeploymentWeek deployment) {
    return isUnderOne(comparison) ? comparison.after().since() : deployment.firstSeen();
  }

  private static boolean isUnderOne(Comparison comparison) {
    return comparison.kind() == Kind.SHIFT || comparison.kind() == Kind.PATCH;
  }

  private boolean belongs(DeploymentWeek deployment, Instant first) {
    if (!first.isBefore(week.since())) {
      return first.isBefore(week.until());
    }
    boolean recent = !first.isBefore(week.since().minus(CARRIED_OVER));
    return recent && deployment.coldStarts() > 0 && deployment.replacedBy() == null;
  }

  private Found found(Place place, Comparator<FoundChange> order, int most) {
    List<FoundChange> here = new ArrayList<>();
    for (FoundChange change : changes) {
      if (place(change) == place) {
        here.add(change);
      }
    }
    here.sort(order);
    List<FoundChange> shown = List.copyOf(here.subList(0, Math.min(most, here.size())));
    return new Found(shown, here.size() - shown.size());
  }

  private int count(Place place, boolean carriedOver) {
    int count = 0;
    for (FoundChange change : changes) {
      count += place(change) == place && change.carriedOver() == carriedOver ? 1 : 0;
    }
    return count;
  }

  /** What was good news or AWS's doing in an earlier week is told once; what is slow stays. */
  private Place place(FoundChange change) {
    Place place =
        switch (change.verdict()) {
          case SLOWER -> Place.ACT_ON;
          case FASTER -> Place.FASTER;
          case MIXED -> change.changeMs().estimate() > 0 ? Place.ACT_ON : Place.FASTER;
          case CONFIGURATION, PLATFORM, BROAD ->
              change.changeMs().estimate() < 0 ? Place.FASTER : Place.WITHOUT_DEPLOY;
          case NOT_SHOWN, INSUFFICIENT, MOVED, HOST -> Place.WATCH;
          case UNCHANGED -> Place.NOWHERE;
        };
    boolean told = place == Place.FASTER || place == Place.WITHOUT_DEPLOY;
    if (place == Place.NOWHERE || (change.carriedOver() && told)) {
      return Place.NOWHERE;
    }
    Acknowledgement accepted = change.acknowledgement();
    LocalDate lastDay = week.nextMonday().minusDays(1);
    return accepted != null && accepted.holdsOn(lastDay) ? Place.ACKNOWLEDGED : place;
  }

  /**
   * @param serving the deployment whose cold starts the change hits now
   * @param life of the finding it opened; null where none is open
   */
  private FoundChange change(
      Comparison comparison,
      DeploymentWeek deployment,
      DeploymentWeek serving,
      @Nullable FindingLife life) {
    double estimate = life == null ? comparison.changeMs().estimate() : life.still().estimate();
    double change = Double.isNaN(estimate) ? 0 : estimate;
    boolean isKept = life != null && !serving.deployment().equals(deployment.deployment());
    List<Suspect> suspects = comparison.suspects();
    return new FoundChange(
        deployment.function(),
        policy.ownerOf(deployment.function().name()),
        comparison.before().deployment(),
        comparison.after().deployment(),
        life == null ? began(comparison, deployment) : life.since(),
        comparison.verdict(),
        comparison.changeMs(),
        comparison.changePct(),
        comparison.before().medianMs(),
        comparison.after().medianMs(),
        comparison.isHostSeen() ? comparison.hostMs() : Double.NaN,
        comparison.before().starts(),
        comparison.after().starts(),
        serving.waitedFor(),
        change * serving.waitedFor(),
        change * serving.usdPerMs(),
        comparison.needed(),
        Cause.of(comparison),
        Math.max(0, suspects.size() - 1),
        comparison.notes(),
        life == null ? deployment.replacedBy() : null,
        began(comparison, deployment).isBefore(week.since()),
        isKept ? serving.deployment() : null,
        change,
        acknowledgements.stream().filter(one -> one.covers(comparison)).findFirst().orElse(null));
  }
}
