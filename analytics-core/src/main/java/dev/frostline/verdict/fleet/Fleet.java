package dev.frostline.verdict.fleet;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What only shows when many functions are looked at together. */
public final class Fleet {
  /** A function has moved with the crowd at a p value that alone would prove nothing. */
  private static final double WEAK = 0.1;

  private Fleet() {}

  /**
   * Comparisons over the same stretch of time, none of which has a deployment in it: where most
   * functions that share a trait or two moved the same way, the platform moved them.
   */
  public static List<Comparison> withPlatform(
      List<Comparison> comparisons, Function<Comparison, Traits> traits) {
    List<Traits> all = comparisons.stream().map(traits).toList();
    List<Comparison> judged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Comparison comparison = comparisons.get(i);
      SharedFactor factor =
          switch (comparison.verdict()) {
            case SLOWER -> SharedFactor.of(all.get(i), members(comparisons, all, 1));
            case FASTER -> SharedFactor.of(all.get(i), members(comparisons, all, -1));
            default -> null;
          };
      judged.add(
          factor == null
              ? comparison
              : comparison.withVerdict(
                  Verdict.PLATFORM, factor.words() + " moved the same way at the same time"));
    }
    return judged;
  }

  private static List<SharedFactor.Member> members(
      List<Comparison> comparisons, List<Traits> traits, int sign) {
    List<SharedFactor.Member> members = new ArrayList<>();
    for (int i = 0; i < traits.size(); i++) {
      members.add(new SharedFactor.Member(traits.get(i), moved(comparisons.get(i), sign)));
    }
    return members;
  }

  private static boolean moved(Comparison comparison, int sign) {
    return comparison.p() <= WEAK && comparison.changeMs().estimate() * sign > 0;
  }
}
