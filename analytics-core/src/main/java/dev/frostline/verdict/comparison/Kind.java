package dev.frostline.verdict.comparison;

import java.util.Locale;

/** What lies between the two sides of a comparison. */
public enum Kind {
  /** One live period and the one it replaced. */
  DEPLOYMENT,
  /** A patch of the runtime under one period: nothing was deployed. */
  PATCH,
  /** A change in time that nothing names. */
  SHIFT,
  /** Many deployments, none of which shows alone. */
  DRIFT;

  /** The word of the JSON contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
