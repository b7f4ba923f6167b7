package dev.frostline.verdict.timeline;

/**
 * What is compared within itself: developers try code on {@code $LATEST} while an alias serves
 * published versions. Of equally busy tracks the first one here is the main one.
 */
public enum Track {
  /** Published versions: {@code 1}, {@code 2}, ... */
  PUBLISHED("published"),
  /** The code last uploaded. */
  LATEST("$LATEST"),
  /** What Managed Instances publish again and again under one name. */
  LATEST_PUBLISHED("$LATEST.PUBLISHED");

  private final String word;

  Track(String word) {
    this.word = word;
  }

  /** The track of a version. */
  public static Track of(String version) {
    return switch (version) {
      case "$LATEST" -> LATEST;
      case "$LATEST.PUBLISHED" -> LATEST_PUBLISHED;
      default -> PUBLISHED;
    };
  }

  /** The word of the JSON contract. */
  public String word() {
    return word;
  }

  /** Whether a start told nothing of its code: the name is only that of a track. */
  public static boolean isUnknown(String deployment) {
    return deployment.equals(LATEST.word) || deployment.equals(LATEST_PUBLISHED.word);
  }
}
