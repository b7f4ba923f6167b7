package dev.frostline.verdict.findings;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;

/**
 * What one live period did against the one it replaced, or what happened under it.
 *
 * @param before where its baseline stands on the track, oldest period first
 * @param after where it stands itself
 */
public record Step(int before, int after, Comparison comparison) {
  /** Whether it is a shift under one period, which nobody deployed. */
  boolean isShift() {
    return before == after;
  }

  /** Whether it opens a finding: code or change without a cause, but never the platform's doing. */
  boolean isSlowdown() {
    return switch (comparison.verdict()) {
      case SLOWER -> true;
      case MIXED -> comparison.changeMs().estimate() > 0;
      default -> false;
    };
  }

  /** Whether it may take a finding back. */
  boolean isSpeedup() {
    return switch (comparison.verdict()) {
      case FASTER -> true;
      case MIXED -> comparison.changeMs().estimate() < 0;
      default -> false;
    };
  }

  /** Whether its change tells how far apart the code of both sides is. */
  boolean isMeasured() {
    return isMeasured(comparison);
  }

  static boolean isMeasured(Comparison comparison) {
    Verdict verdict = comparison.verdict();
    return switch (verdict) {
      case SLOWER, FASTER, UNCHANGED, NOT_SHOWN, MOVED -> true;
      default -> false;
    };
  }

  public String deployment() {
    return comparison.after().deployment();
  }
}
