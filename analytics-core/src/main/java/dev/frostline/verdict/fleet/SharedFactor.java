package dev.frostline.verdict.fleet;

import dev.frostline.verdict.fleet.Traits.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the functions that moved at the same time have in common: one trait or a pair of them. Not
 * only runtimes move together: of 460 hello-world functions in AWS all container images of x86_64
 * moved in one week, all with SnapStart in another, all of arm64 in a third.
 *
 * @param kinds the traits that are shared
 * @param running functions that have them and ran at that time
 * @param moved how many of those moved the same way
 */
record SharedFactor(Traits of, List<Kind> kinds, int running, int moved) {
  /** So many functions make a crowd. */
  private static final int LEAST_FUNCTIONS = 5;

  /** This share of a crowd moving the same way is no accident of their code. */
  private static final double CROWD = 0.5;

  /** Each trait and each pair. */
  private static final List<List<Kind>> CANDIDATES = candidates();

  /** A function that ran at that time. */
  record Member(Traits traits, boolean moved) {}

  /**
   * The factor that fits the movers best, or none: at least half of five functions or more that
   * have it moved. Best is what covers most movers with fewest that stayed (their F measure); of
   * two as good the one with fewer traits, since it says more in fewer words.
   */
  static @Nullable SharedFactor of(Traits traits, List<Member> running) {
    int movers = (int) running.stream().filter(Member::moved).count();
    List<SharedFactor> factors = new ArrayList<>();
    for (List<Kind> kinds : CANDIDATES) {
      SharedFactor factor = counted(traits, kinds, running);
      if (factor.isCrowd()) {
        factors.add(factor);
      }
    }
    return factors.stream()
        .max(
            Comparator.comparingDouble((SharedFactor factor) -> factor.fit(movers))
                .thenComparing(factor -> -factor.kinds().size()))
        .orElse(null);
  }

  /** Whether it is the same trait or pair of the same value. */
  boolean isSameAs(SharedFactor other) {
    return kinds.equals(other.kinds) && covers(other.of);
  }

  /** Whether a function with these traits has it. */
  boolean covers(Traits traits) {
    return of.shares(traits, kinds);
  }

  String words() {
    return moved + " of " + running + " functions with " + of.words(kinds);
  }

  private static SharedFactor counted(Traits traits, List<Kind> kinds, List<Member> members) {
    int running = 0;
    int moved = 0;
    for (Member member : members) {
      if (traits.shares(member.traits(), kinds)) {
        running++;
        moved += member.moved() ? 1 : 0;
      }
    }
    return new SharedFactor(traits, kinds, running, moved);
  }

  private boolean isCrowd() {
    return running >= LEAST_FUNCTIONS && moved >= CROWD * running;
  }

  private double fit(int movers) {
    return 2.0 * moved / (running + movers);
  }

  private static List<List<Kind>> candidates() {
    List<List<Kind>> candidates = new ArrayList<>();
    for (Kind one : Kind.values()) {
      candidates.add(List.of(one));
      for (Kind other : EnumSet.range(one, Kind.REGION)) {
        if (other != one) {
          candidates.add(List.of(one, other));
        }
      }
    }
    return candidates;
  }
}
