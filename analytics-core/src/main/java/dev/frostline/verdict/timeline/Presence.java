package dev.frostline.verdict.timeline;

import java.util.Arrays;

/**
 * Whether a deployment was serving while others got the cold starts. A canary with a tenth of the
 * traffic misses ten starts in a row all the time, the only version of an alias none: so its share
 * where it was there says how long an absence chance explains.
 */
final class Presence {
  /** Fewer others in a row never take a place: so few cannot even be judged. */
  private static final int LEAST_GAP = 5;

  /** Shares are read from at least so many starts. */
  private static final int LEAST_WINDOW = 10;

  /** So unlikely must an absence be by its part of the starts on either side alone. */
  private static final double NOT_BY_CHANCE = 4e-4;

  /** And so unlikely by both together: a busy canary has hundreds of gaps. */
  private static final double NOT_BY_CHANCE_OF_BOTH = 2e-5;

  /** At one moment, once asked, one in a hundred will do. */
  private static final double HARDLY_BY_CHANCE = 0.01;

  /** Where the starts of this deployment stand on their track, ascending. */
  private final int[] positions;

  private final int trackSize;

  Presence(int[] positions, int trackSize) {
    this.positions = positions;
    this.trackSize = trackSize;
  }

  /**
   * Whether others took its place between its i-th start and the next one, so that it came back
   * then. Neither its part of the starts before nor that after must explain that it was missing: a
   * start or two of an old version behind its successor are the rest of its time, no return.
   */
  boolean isReplacedAfter(int i) {
    int last = positions[i];
    int next = positions[i + 1];
    int missed = next - last - 1;
    boolean isLone = i + 2 == positions.length;
    if (missed < LEAST_GAP || isLone) {
      return false;
    }
    int window = Math.max(missed, LEAST_WINDOW);
    int first = Math.max(0, last - window + 1);
    int end = Math.min(trackSize - 1, next + window - 1);
    int ownBefore = count(first, last);
    int ownAfter = count(next, end);
    int before = last - first + 1;
    int after = end - next + 1;
    return chance(missed, ownBefore, before) < NOT_BY_CHANCE
        && chance(missed, ownAfter, after) < NOT_BY_CHANCE
        && chance(missed, ownBefore + ownAfter, before + after) < NOT_BY_CHANCE_OF_BOTH;
  }

  /**
   * Whether a stretch of it, from one position on its track to another, is over once so many starts
   * have followed without it.
   */
  boolean isOver(int from, int to, int missed) {
    int window = Math.max(missed, LEAST_WINDOW);
    int first = Math.max(from, to - window + 1);
    double share = (count(first, to) + 0.5) / (to - first + 2); // never quite 0 or 1
    return missed > 0 && Math.pow(1 - share, missed) < HARDLY_BY_CHANCE;
  }

  /**
   * How likely it is that so many of its own starts all fell among some, and none among those it
   * missed (hypergeometric).
   */
  private static double chance(int missed, int own, int among) {
    double chance = 1;
    for (int i = 0; i < own; i++) {
      chance *= (double) (among - i) / (among + missed - i);
    }
    return chance;
  }

  private int count(int from, int to) {
    return countBelow(to + 1) - countBelow(from);
  }

  private int countBelow(int position) {
    int at = Arrays.binarySearch(positions, position);
    return at < 0 ? -at - 1 : at;
  }
}
