package dev.frostline.verdict.blame;

import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.Ranks;
import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether own imports moved as files do that are read from a colder page cache: each by about the
 * same time, however long it takes to run. Want of a {@code .pyc} is paid in proportion to the code
 * that is compiled, and not at all by compiled extensions; so is a slower host.
 */
public final class FileReads {
  /** Imports shorter than this are mostly clock resolution. */
  private static final double LEAST_MICROS = 50;

  /** Fewer own imports than this show no pattern. */
  private static final int LEAST_IMPORTS = 20;

  /**
   * Rank correlation of an import's relative shift with its length: a cold cache gives -0.6 and
   * missing {@code .pyc} files give +0.5; the shifts of 200 unchanged imports 0 within 0.2.
   */
  private static final double SHORT_MOST = -0.3;

  /** Share of own imports that move the same way; chance moves half of them. */
  private static final double TOGETHER = 0.75;

  /** What the reading of files took longer after than before, over all own imports. */
  public final double micros;

  public FileReads(Shifts shifts) {
    int[] own = own(shifts);
    double[] relative = new double[own.length];
    double[] length = new double[own.length];
    double[] shift = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      double before = shifts.before[own[i]];
      double after = shifts.after[own[i]];
      relative[i] = Math.log(after / before);
      length[i] = before * after;
      shift[i] = after - before;
    }
    double usual = own.length == 0 ? 0 : Robust.median(shift);
    boolean likeFiles =
        own.length >= LEAST_IMPORTS
            && together(shift, usual) >= TOGETHER
            && Math.signum(usual) * Ranks.correlation(length, relative) <= SHORT_MOST;
    micros = likeFiles ? usual * own.length : 0;
  }

  private static int[] own(Shifts shifts) {
    Profile profile = shifts.profile;
    return IntStream.range(0, profile.columns)
        .filter(
            j ->
                !profile.ofRuntime[j]
                    && profile.inBoth(j)
                    && Math.min(shifts.before[j], shifts.after[j]) >= LEAST_MICROS)
        .toArray();
  }

  private static double together(double[] shift, double usual) {
    return (double) Arrays.stream(shift).filter(one -> one * usual > 0).count() / shift.length;
  }
}
