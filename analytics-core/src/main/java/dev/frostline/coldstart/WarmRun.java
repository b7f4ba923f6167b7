package dev.frostline.coldstart;

/**
 * Lines of requests that an environment served behind its cold start, told without the lines: in
 * the state of the stream that {@code behind} names they open and change no init.
 *
 * @param firstMillis time of the first of them
 * @param lastMillis time of the last one; no other line of the stream lies between the two
 * @param lines how many they are
 * @param invocations the requests that they end
 * @param behind what the stream had come to before them: its first REPORT
 */
public record WarmRun(
    long firstMillis, long lastMillis, int lines, int invocations, String behind) {

  /**
   * How many lines become a run.
   *
   * @param least of those between other lines
   * @param leastLatest of the latest ones
   * @param most of any
   * @param kept of the latest ones that stay lines, since what comes late comes among them
   */
  public record Sizes(int least, int leastLatest, int most, int kept) {
    /** A stream of any length then has some thousand lines, and runs of some thousand. */
    public static final Sizes DEFAULT = new Sizes(64, 2_048, 4_096, 256);
  }
}
