package dev.frostline.verdict.comparison;

import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.Strata;
import dev.frostline.verdict.history.TimedStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Two deployments that ran in several configurations: each one that both sides share is judged by
 * itself, and the worst that is sure is told.
 */
final class SharedStrata {
  private final Deployment before;
  private final Deployment after;
  private final List<Strata> strata = new ArrayList<>();
  private final List<Comparison> comparisons = new ArrayList<>();

  SharedStrata(Deployment before, Deployment after, Verdicts verdicts) {
    this.before = before;
    this.after = after;
    for (Strata one : Strata.shared(before, after)) {
      if (verdicts.canJudge(one)) {
        strata.add(one);
        comparisons.add(verdicts.of(before, after, one));
      }
    }
  }

  /** The worst one, with what the others said and what was left out; null without any. */
  @Nullable Comparison worst() {
    int worst = -1;
    for (int i = 0; i < comparisons.size(); i++) {
      worst = worst < 0 || isWorse(comparisons.get(i), comparisons.get(worst)) ? i : worst;
    }
    if (worst < 0) {
      return null;
    }
    String note = note(worst);
    Comparison comparison = comparisons.get(worst).ofTries(comparisons.size());
    return note.isEmpty() ? comparison : comparison.withNote(note);
  }

  private static boolean isWorse(Comparison one, Comparison other) {
    int more = rank(one) - rank(other);
    double slower = one.changeMs().estimate() - other.changeMs().estimate();
    return more > 0 || (more == 0 && rank(one) == SLOWER && slower > 0);
  }

  private static final int SLOWER = 5;

  private static int rank(Comparison comparison) {
    boolean added = comparison.changeMs().estimate() > 0;
    return switch (comparison.verdict()) {
      case SLOWER -> SLOWER;
      case MIXED -> added ? SLOWER : 4;
      case FASTER, BROAD, PLATFORM -> 4;
      case MOVED -> 3;
      case UNCHANGED -> 2;
      case NOT_SHOWN -> 1;
      case CONFIGURATION, INSUFFICIENT, HOST -> 0;
    };
  }

  private String note(int chosen) {
    List<TimedStart> all = new ArrayList<>(before.starts());
    all.addAll(after.starts());
    String label = strata.get(chosen).label(all);
    if (label.isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>(List.of("this is about " + label));
    int first = before.starts().size();
    int second = after.starts().size();
    for (int i = 0; i < strata.size(); i++) {
      first -= strata.get(i).before().size();
      second -= strata.get(i).after().size();
      if (i != chosen) {
        words.add(strata.get(i).label(all) + " was judged as well: " + words(comparisons.get(i)));
      }
    }
    if (first + second > 0) {
      words.add(first + " and " + second + " cold starts of other configurations left out");
    }
    return String.join("; ", words);
  }

  private static String words(Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "%s %+.1f ms (%d and %d cold starts)",
        comparison.verdict().word().replace('_', ' '),
        comparison.changeMs().estimate(),
        comparison.before().starts(),
        comparison.after().starts());
  }
}
