package dev.frostline.verdict.changes;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.TimedStart;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what AWS changed under one deployment: its cold starts before and after a new patch level
 * of the runtime ({@code Runtime Version: python:3.13.v42} of INIT_START), compared like
 * deployments. Nothing was deployed, so whatever got slower or faster is the platform's; the rest
 * is left out.
 */
public final class PatchShifts {
  private final Verdicts verdicts;

  public PatchShifts(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  /** The last stretch before each patch against the first after it. */
  public List<DatedComparison> within(Stretches period) {
    List<DatedComparison> shifts = new ArrayList<>();
    List<Deployment> earlier = new ArrayList<>();
    for (List<Deployment> stretches : period.byConfiguration()) {
      Deployment first = stretches.get(0);
      for (int i = earlier.size() - 1; i >= 0; i--) {
        if (configuration(earlier.get(i)).isPatchedTo(configuration(first))) {
          addShift(named(earlier.get(i)), named(first), shifts);
          break;
        }
      }
      earlier.add(stretches.get(stretches.size() - 1));
    }
    return shifts;
  }

  private void addShift(Deployment before, Deployment after, List<DatedComparison> shifts) {
    Comparison comparison = verdicts.compare(before, after);
    switch (comparison.verdict()) {
      case PLATFORM, MIXED -> {
        List<TimedStart> starts = after.starts();
        shifts.add(
            new DatedComparison(
                comparison
                    .withVerdict(Verdict.PLATFORM, "nothing was deployed")
                    .withKind(Kind.PATCH),
                starts.get(0).startedAtMicros(),
                starts.get(starts.size() - 1).startedAtMicros()));
      }
      case SLOWER,
          FASTER,
          UNCHANGED,
          NOT_SHOWN,
          INSUFFICIENT,
          MOVED,
          CONFIGURATION,
          BROAD,
          HOST -> {}
    }
  }

  /** A part under the patch level it ran on. */
  private static Deployment named(Deployment part) {
    return part.named(part.identity() + "@" + configuration(part).runtimeVersion());
  }

  private static Configuration configuration(Deployment part) {
    return part.starts().get(0).configuration();
  }
}
