package dev.frostline.cli.advice;

import dev.frostline.cli.program.Candidate;
import dev.frostline.cli.program.ImportGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The imports that might be deferred, with what runs of the program as it is have shown of them.
 *
 * @param leastMs a saving below this is not looked for
 */
record Hopes(List<Hope> all, ImportGraph graph, double leastMs) {
  private static final double LITTLE_SHARE = 0.05;
  private static final Comparator<Hope> NEAREST =
      Comparator.comparingDouble(Hope::mostMs).thenComparing(hope -> -hope.module().length());

  Hopes {
    all = List.copyOf(all);
  }

  /**
   * One of them.
   *
   * @param brought what its imports alone bring
   * @param mostMs CPU ms of that
   * @param usedShare of the events need it
   */
  record Hope(Candidate candidate, Set<String> brought, double mostMs, double usedShare) {
    String module() {
      return candidate.module();
    }

    double worth() {
      return mostMs * (1 - usedShare);
    }

    boolean isMoved() {
      return usedShare == 1;
    }
  }

  /** CPU ms of what goes with several at once. */
  double mostMs(Collection<Hope> hopes) {
    return graph.millis(brought(hopes));
  }

  /** What it brings beside some modules is not worth a trial of its own. */
  boolean isLittle(Hope hope, Set<String> beside) {
    return isLittle(graph.millis(without(hope.brought(), beside)), hope);
  }

  private boolean isLittle(double ms, Hope hope) {
    return ms < Math.max(leastMs, LITTLE_SHARE * hope.mostMs());
  }

  /** Whether a package costs no more than the modules in it that are tried themselves. */
  boolean isOfItsParts(Hope hope) {
    String within = hope.module() + ".";
    List<Hope> parts =
        all.stream()
            .filter(part -> part.module().startsWith(within))
            .filter(part -> part.mostMs() >= leastMs)
            .toList();
    return !parts.isEmpty() && isLittle(hope.mostMs() - mostMs(parts), hope);
  }

  /** Of those that save what a hope does, for as many events, the one nearest to what costs it. */
  Hope closest(Hope hope) {
    Hope closest =
        all.stream()
            .filter(other -> other.usedShare() == hope.usedShare())
            .filter(other -> isLittle(hope.mostMs() - other.mostMs(), hope))
            .filter(other -> isLittle(mostMs(List.of(hope, other)) - hope.mostMs(), hope))
            .min(NEAREST)
            .orElse(hope);
    return NEAREST.compare(closest, hope) < 0 ? closest(closest) : hope;
  }

  /**
   * What saves something together beside some modules: since another of them brings the same, since
   * it is small, or since nobody tried it; without those that matter least.
   *
   * @param out those that are none of them
   */
  List<Hope> joint(Collection<Hope> out, Set<String> beside) {
    List<Hope> joint = new ArrayList<>(all);
    joint.removeIf(hope -> hope.isMoved() || out.contains(hope));
    joint.sort(Comparator.comparingDouble(Hope::mostMs));
    Set<String> more = without(brought(joint), beside);
    if (graph.millis(more) < leastMs) {
      return List.of();
    }
    for (Hope hope : List.copyOf(joint)) {
      List<Hope> rest = new ArrayList<>(joint);
      rest.remove(hope);
      if (graph.millis(without(more, brought(rest))) < leastMs) {
        joint = rest;
      }
    }
    return joint;
  }

  private Set<String> brought(Collection<Hope> hopes) {
    return graph.brought(
        hopes.stream().flatMap(hope -> hope.candidate().edges().stream()).toList());
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
