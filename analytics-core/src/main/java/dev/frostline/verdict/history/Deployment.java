package dev.frostline.verdict.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The countable cold starts of one deployment of one function. Failed, suspect and snapshot starts
 * never get in here.
 *
 * @param names the numbering of import names, shared by all deployments of the function
 * @param kind kind of its import timings, e.g. {@code python module}
 */
public record Deployment(
    String account,
    String region,
    String function,
    String identity,
    String kind,
    ImportNames names,
    List<TimedStart> starts) {
  private static final Comparator<TimedStart> ORDER =
      Comparator.comparingLong(TimedStart::startedAtMicros).thenComparingLong(TimedStart::id);

  public Deployment {
    List<TimedStart> sorted = new ArrayList<>(starts);
    sorted.sort(ORDER);
    starts = List.copyOf(sorted);
  }

  public Deployment with(List<TimedStart> others) {
    return new Deployment(account, region, function, identity, kind, names, others);
  }

  public Deployment named(String other) {
    return new Deployment(account, region, function, other, kind, names, starts);
  }
}
