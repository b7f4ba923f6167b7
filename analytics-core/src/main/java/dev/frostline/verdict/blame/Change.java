package dev.frostline.verdict.blame;

import java.util.Locale;

/** What happened to one import between two deployments. */
public enum Change {
  NEW,
  GONE,
  SLOWER,
  FASTER,
  /** Imported first from elsewhere, after init, or only the landing place of a pause. */
  MOVED;

  /** The word of the JSON contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
