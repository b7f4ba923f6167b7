package dev.frostline.verdict.findings;

import dev.frostline.verdict.comparison.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The slowdowns of one track. A deployment that keeps one is unchanged against its neighbour and
 * the slowdown stays open; so what may have taken it back, and what is live now, is held against
 * the last state before it.
 */
public final class TrackFindings {
  private final List<Step> steps;
  private final int live;

  /**
   * @param steps of one track, in the order in which their periods began
   * @param live where the newest live period stands on the track; -1 when none is
   */
  public TrackFindings(List<Step> steps, int live) {
    this.steps = List.copyOf(steps);
    this.live = live;
  }

  /** The comparisons it takes to tell what became of each slowdown. */
  public Set<Recheck> rechecks() {
    Set<Recheck> rechecks = new LinkedHashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).isSlowdown() && !steps.get(i).isShift()) {
        for (int j = i + 1; j < steps.size(); j++) {
          boolean isAsked = steps.get(j).after() == live || steps.get(j).isSpeedup();
          if (isAsked && !steps.get(j).isShift()) {
            rechecks.add(new Recheck(steps.get(i).before(), steps.get(j).after()));
          }
        }
      }
    }
    rechecks.removeIf(recheck -> recheck.before() >= recheck.after());
    steps.forEach(step -> rechecks.remove(new Recheck(step.before(), step.after())));
    return rechecks;
  }

  /**
   * Every slowdown with what became of it, in the order in which they were opened.
   *
   * @param rechecked answers to {@link #rechecks}; what is missing is told by the steps alone
   */
  public List<Slowdown> slowdowns(Map<Recheck, Comparison> rechecked) {
    List<OpenSlowdown> found = new ArrayList<>();
    for (Step step : steps) {
      rollBack(found, step);
      double newerMs = 0;
      for (int i = found.size() - 1; i >= 0; i--) {
        OpenSlowdown older = found.get(i);
        if (older.isOpen()) {
          goOn(older, step, rechecked, newerMs);
          newerMs += older.isOpen() ? older.stillMs() : 0;
        }
      }
      if (step.isSlowdown()) {
        found.add(new OpenSlowdown(step));
      }
    }
    found.stream().filter(this::wasGivenUp).forEach(one -> one.rollBack(live));
    return found.stream().map(OpenSlowdown::life).toList();
  }

  /** The return of the state before a slowdown ends it and all that came since. */
  private static void rollBack(List<OpenSlowdown> found, Step step) {
    boolean isBack = false;
    for (OpenSlowdown one : found) {
      isBack |= one.isOpen() && one.isRolledBackBy(step);
      if (isBack && one.isOpen()) {
        one.rollBack(step.after());
      }
    }
  }

  /** A canary that came and went: what is live now was there before it. */
  private boolean wasGivenUp(OpenSlowdown one) {
    return one.isOpen() && live >= 0 && live < one.opening().after();
  }

  /** What happened under one period is told from the steps alone: there is no period before it. */
  private static void goOn(
      OpenSlowdown older, Step step, Map<Recheck, Comparison> rechecked, double newerMs) {
    boolean isShift = older.opening().isShift();
    if (step.isShift() && !isShift) {
      return;
    }
    int before = older.opening().before();
    Comparison now =
        step.before() == before
            ? step.comparison()
            : rechecked.get(new Recheck(before, step.after()));
    double byStep = step.isSlowdown() ? step.comparison().changeMs().estimate() : 0;
    if (now != null && !isShift) {
      older.recheck(step, now, newerMs + byStep);
    } else if (step.isSpeedup()) {
      older.shift(step);
    }
  }
}
