package dev.frostline.policy;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Interval;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A promise held against the deployment that carries it.
 *
 * @param comparison that deployment against the one it replaced; null before it is there
 */
public record Delivery(Promise promise, @Nullable Comparison comparison) {
  /** How a promise stands. */
  public enum State {
    NOT_DEPLOYED("not deployed"),
    TOO_EARLY("too early to say"),
    KEPT("kept"),
    FELL_SHORT("fell short"),
    EXCEEDED("more than promised");

    private final String words;

    State(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** Looks for the deployment among what was judged. */
  public static Delivery of(Promise promise, List<Comparison> judged) {
    return new Delivery(
        promise,
        judged.stream()
            .filter(one -> carries(one, promise))
            .min(Comparator.comparing(one -> one.after().since()))
            .orElse(null));
  }

  /** The same of many. */
  public static List<Delivery> of(List<Promise> promises, List<Comparison> judged) {
    return promises.stream().map(promise -> of(promise, judged)).toList();
  }

  private static boolean carries(Comparison one, Promise promise) {
    String named = promise.deployment();
    return one.account().equals(promise.account())
        && one.region().equals(promise.region())
        && one.function().equals(promise.function())
        && one.kind() == Kind.DEPLOYMENT
        && (named == null
            ? one.after().since().isAfter(promise.givenAt())
            : one.after().deployment().equals(named));
  }

  /** Change of init that the deployment brought, ms, with its 99 % interval; NaN where unknown. */
  public Interval deliveredMs() {
    return comparison == null || comparison.verdict() == Verdict.INSUFFICIENT
        ? Interval.NONE
        : comparison.changeMs();
  }

  /** Whether the intervals of both meet; two that do not are apart by more than chance. */
  public State state() {
    Interval promised = promise.promisedMs();
    Interval delivered = deliveredMs();
    if (comparison == null) {
      return State.NOT_DEPLOYED;
    }
    if (Double.isNaN(delivered.low()) || Double.isNaN(delivered.high())) {
      return State.TOO_EARLY;
    }
    if (delivered.low() > promised.high()) {
      return State.FELL_SHORT;
    }
    return delivered.high() < promised.low() ? State.EXCEEDED : State.KEPT;
  }
}
