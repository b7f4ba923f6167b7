package dev.frostline.verdict.blame;

import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.Ranks;
import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Whether own imports moved as files do that are read from a colder page cache: each by about the
 * same time, however long it takes to run. Want of a {@code .pyc} is paid in proportion to the code
 * that is compiled, and not at all by compiled extensions; so is a slower host. Where some files
 * alone are cold, their imports show it and the others stay.
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

  /**
   * The same among those alone that moved: of short ones only larger relative shifts are beyond
   * chance, so some of it comes by itself.
   */
  private static final double SHORT_MOST_OF_MOVED = -0.45;

  /** Share of own imports that move the same way; chance moves half of them. */
  private static final double TOGETHER = 0.75;

  /** Standard errors beyond which an import moved. */
  private static final double MOVED = 3;

  /** Files of fewer packages are one change of code. */
  private static final int LEAST_PACKAGES = 3;

  /** What the reading of files took longer after than before, over all own imports. */
  public final double micros;

  public FileReads(Shifts shifts) {
    int[] own = own(shifts);
    double[] shift = shifts(own, shifts);
    double usual = Robust.median(shift);
    boolean isAll =
        own.length >= LEAST_IMPORTS
            && together(shift, usual) >= TOGETHER
            && isShortMost(own, shifts, SHORT_MOST);
    double slower = someMicros(own, shifts, 1);
    double some = slower > 0 ? slower : someMicros(own, shifts, -1);
    micros = isAll ? usual * own.length : some;
  }

  /**
   * What imports of several packages that moved one way took longer, the one that moved most left
   * out: it may have changed besides.
   */
  private static double someMicros(int[] own, Shifts shifts, int sign) {
    int[] moved = moved(own, shifts, sign);
    if (moved.length < LEAST_IMPORTS) {
      return 0;
    }
    double[] shift = shifts(moved, shifts);
    double rest =
        Arrays.stream(shift).sum() - sign * Arrays.stream(shift).map(Math::abs).max().orElse(0);
    long packages =
        Arrays.stream(moved)
            .mapToObj(j -> shifts.profile.name[j].split("\\.", 2)[0])
            .distinct()
            .count();
    boolean isFiles = packages >= LEAST_PACKAGES && isShortMost(moved, shifts, SHORT_MOST_OF_MOVED);
    return isFiles ? rest : 0;
  }

  /** Whether the shortest imports moved most, for their length. */
  private static boolean isShortMost(int[] columns, Shifts shifts, double most) {
    double[] relative = of(columns, j -> Math.log(shifts.after[j] / shifts.before[j]));
    double[] length = of(columns, j -> shifts.before[j] * shifts.after[j]);
    double way = Math.signum(Arrays.stream(shifts(columns, shifts)).sum());
    return way * Ranks.correlation(length, relative) <= most;
  }

  private static double[] of(int[] columns, IntToDoubleFunction value) {
    return Arrays.stream(columns).mapToDouble(value).toArray();
  }

  private static double[] shifts(int[] columns, Shifts shifts) {
    double[] shift = new double[columns.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = shifts.shift(columns[i]);
    }
    return shift;
  }

  private static int[] own(Shifts shifts) {
    Profile profile = shifts.profile;
    int[] own = new int[profile.columns];
    int count = 0;
    for (int j = 0; j < own.length; j++) {
      boolean isOwn =
          !profile.ofRuntime[j]
              && profile.inBoth(j)
              && Math.min(shifts.before[j], shifts.after[j]) >= LEAST_MICROS;
      own[count] = j;
      count += isOwn ? 1 : 0;
    }
    return Arrays.copyOf(own, count);
  }

  /** Those that moved one way beyond chance. */
  private static int[] moved(int[] own, Shifts shifts, int sign) {
    int[] moved = new int[own.length];
    int count = 0;
    for (int j : own) {
      if (sign * shifts.shift(j) > MOVED * shifts.error[j]) {
        moved[count++] = j;
      }
    }
    return Arrays.copyOf(moved, count);
  }

  private static double together(double[] shift, double usual) {
    double moved = 0;
    for (double one : shift) {
      moved += one * usual > 0 ? 1 : 0;
    }
    return moved / shift.length;
  }
}
