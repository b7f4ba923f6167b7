package dev.frostline.verdict.history;

/**
 * What one getrusage call at the end of init said about the host: {@code majflt} tells a cold page
 * cache, {@code nivcsw} a disturbed CPU.
 */
public record HostLoad(int majorFaults, int involuntarySwitches) {
  /** A warm start reads nothing from disk; a cold one faults for every library. */
  public boolean coldCache() {
    return majorFaults >= 8;
  }

  /** A start alone on its CPU is switched out once or twice. */
  public boolean disturbed() {
    return involuntarySwitches >= 12;
  }
}
