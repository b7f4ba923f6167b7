package dev.frostline.verdict.history;

/**
 * What one getrusage call at the end of init said about the host: {@code majflt} and {@code
 * inblock} tell a cold page cache, {@code nivcsw} a disturbed CPU.
 *
 * @param blocksRead blocks of 512 bytes read from disk; 0 where only faults were counted
 */
public record HostLoad(int majorFaults, int involuntarySwitches, long blocksRead) {
  /** A warm start faults for nothing; a cold one for every library. */
  private static final int COLD_FAULTS = 8;

  /** Half a MiB read takes about as long as the smallest change of interest. */
  private static final int COLD_BLOCKS = 1024;

  /** A start alone on its CPU is switched out once or twice. */
  private static final int DISTURBED_SWITCHES = 12;

  /** Counts of one state differ by less than this factor from start to start. */
  private static final double ORDER = 4;

  /** The same files read from disk differ by less than this share from start to start. */
  private static final double AMOUNT = 0.25;

  public HostLoad(int majorFaults, int involuntarySwitches) {
    this(majorFaults, involuntarySwitches, 0);
  }

  /**
   * Whether both read about as much from disk. Code that reads more files is no other host, so only
   * where both import the same are they held to the same amount.
   */
  public boolean likeInCache(HostLoad other, boolean sameImports) {
    return likeInCache(other)
        && (!sameImports
            || (sameAmount(majorFaults, other.majorFaults, COLD_FAULTS)
                && sameAmount((double) blocksRead, (double) other.blocksRead, COLD_BLOCKS)));
  }

  private boolean likeInCache(HostLoad other) {
    return sameOrder(majorFaults, other.majorFaults, COLD_FAULTS)
        && sameOrder((double) blocksRead, (double) other.blocksRead, COLD_BLOCKS);
  }

  public boolean likeInSwitches(HostLoad other) {
    return sameOrder(involuntarySwitches, other.involuntarySwitches, DISTURBED_SWITCHES);
  }

  private static boolean sameAmount(double a, double b, double telling) {
    return Math.abs(a - b) <= Math.max(telling, AMOUNT * Math.max(a, b));
  }

  /** Of one order; nothing at all and what is just telling are an order apart. */
  private static boolean sameOrder(double a, double b, double telling) {
    double silent = telling / (ORDER - 1);
    return Math.max(a, b) + silent <= ORDER * (Math.min(a, b) + silent);
  }
}
