package dev.frostline.verdict.history;

import dev.frostline.verdict.timeline.Track;
import java.util.List;

/**
 * What served a function when, without its cold starts: enough to tell what became of changes once
 * they are judged.
 *
 * @param periods track after track, on each in the order in which they began
 * @param mainTrack the track that gate, fleet and report speak of
 * @param configuration of its newest cold start
 * @param nowMicros its newest cold start, in microseconds since 1970 UTC
 * @param unknown cold starts whose code nobody knows, in words; empty without any
 */
public record FunctionOutline(
    String account,
    String region,
    String function,
    List<Period> periods,
    Track mainTrack,
    Configuration configuration,
    long nowMicros,
    String unknown) {
  /** Where a period stands that there is not. */
  public static final int NONE = -1;

  /** Cold starts that tell two levels. */
  private static final int FEW = 16;

  public FunctionOutline {
    periods = List.copyOf(periods);
  }

  /**
   * One live period.
   *
   * @param starts how many cold starts it had
   * @param isUnnamed whether nothing but the name of its track is known of its code
   * @param isLive whether it serves now
   * @param isNewest whether it is the newest of its track that serves now
   */
  public record Period(
      Track track,
      String deployment,
      long beganMicros,
      long lastMicros,
      int starts,
      boolean isUnnamed,
      boolean isLive,
      boolean isNewest) {}

  /** The function alone, however long it served. */
  public FunctionScope scope() {
    return new FunctionScope(account, region, function, null);
  }

  /**
   * Whether one deployment alone served the main track for so long before and after a time, all in
   * microseconds, with starts enough to tell a level on either side.
   */
  public boolean isSteadyAround(long micros, long windowMicros) {
    boolean isSteady = false;
    for (Period period : periods) {
      boolean isOn =
          period.track() == mainTrack
              && period.beganMicros() < micros + windowMicros
              && period.lastMicros() > micros - windowMicros;
      boolean isThroughout =
          period.beganMicros() < micros - windowMicros
              && period.lastMicros() > micros + windowMicros;
      if (isOn && !isThroughout) {
        return false;
      }
      isSteady |= isOn && period.starts() >= FEW;
    }
    return isSteady;
  }

  /** Whether nothing names the code of a track. */
  public boolean isUnnamed(Track track) {
    return periods.stream().anyMatch(period -> period.track() == track && period.isUnnamed());
  }

  /** Where the newest period of a track that serves now stands; {@link #NONE} where none does. */
  public int live(Track track) {
    for (int i = 0; i < periods.size(); i++) {
      if (periods.get(i).track() == track && periods.get(i).isNewest()) {
        return i;
      }
    }
    return NONE;
  }
}
