package dev.frostline.verdict.timeline;

import java.util.Comparator;

/** One cold start as the timeline sees it: when it was, and which code it ran. */
public interface ServedStart {
  /** By time; equal times by id, so that the order of rows never matters. */
  Comparator<ServedStart> ORDER =
      Comparator.comparingLong(ServedStart::startedAtMicros).thenComparingLong(ServedStart::id);

  long id();

  long startedAtMicros();

  /** Published version, {@code $LATEST} or {@code $LATEST.PUBLISHED}. */
  String version();

  /** Identity of the code; equal to the version where an unpublished one told nothing more. */
  String deployment();
}
