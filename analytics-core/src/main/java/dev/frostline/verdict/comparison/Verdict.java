package dev.frostline.verdict.comparison;

import java.util.Locale;

/** The answer to "did this deployment change cold starts?". */
public enum Verdict {
  /** The interval of the change lies above the effect floor. */
  SLOWER,
  /** The interval of the change lies below minus the effect floor. */
  FASTER,
  /** The interval lies within twice the effect floor: a change of interest is excluded. */
  UNCHANGED,
  /** Neither shown nor excluded: the interval is too wide. */
  NOT_SHOWN,
  /** Too few cold starts to say anything. */
  INSUFFICIENT,
  /** Cost went from one place to another and the net is nothing. */
  MOVED,
  /** Memory, architecture, runtime, layers or init kind changed: not a comparison of code. */
  CONFIGURATION,
  /** The platform changed: AWS's patch level of the runtime, or many functions at once. */
  PLATFORM,
  /** Platform and code changed in the same step. */
  MIXED,
  /** Everything changed speed at once, modules no deployment can touch included. */
  BROAD,
  /** The hosts of one side were in a state that those of the other never were in. */
  HOST;

  /** The word of the JSON contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a reader has to look at it: everything but unchanged, not shown, insufficient and host.
   */
  public boolean isFinding() {
    return switch (this) {
      case SLOWER, FASTER, MOVED, CONFIGURATION, PLATFORM, MIXED, BROAD -> true;
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, HOST -> false;
    };
  }
}
