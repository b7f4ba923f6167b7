package dev.frostline.verdict.blame;

import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns changed imports into suspects: one line a package, or the one import that carries it. Cost
 * of what came or went belongs to the package that brought it in; cost of what stayed to its own
 * package.
 */
public final class Blame {
  /** What one package answers for, in microseconds. */
  private static final class Account {
    double own;
    double pulled;
    double stayed;
    double smallestP = 1;
    final List<Integer> columns = new ArrayList<>();
    boolean came;
    boolean went;
    boolean remains;
    @Nullable String lead;

    double answersFor() {
      return own + pulled + stayed;
    }
  }

  /**
   * A package lighter than this is taken for the function's own code, which answers for no
   * dependency.
   */
  private static final double LIBRARY_MICROS = 5_000;

  private final Profile profile;
  private final Shifts shifts;
  private final Structure structure;
  private final BlameUnits units;
  private final Thresholds thresholds;
  private final Map<String, Account> accounts = new TreeMap<>();

  /** Columns that carry the attributed change. */
  public final boolean[] attributed;

  public Blame(Structure structure, BlameUnits units, Thresholds thresholds) {
    this.profile = structure.profile;
    this.shifts = units.shifts;
    this.structure = structure;
    this.units = units;
    this.thresholds = thresholds;
    attributed = new boolean[profile.columns];
    chargeStructure();
    chargeStayed();
    liftDependencies();
  }

  /** Suspects, worst first; shares are of {@code changeMicros}. */
  public List<Suspect> suspects(double changeMicros) {
    List<Map.Entry<String, Account>> order = new ArrayList<>(accounts.entrySet());
    order.removeIf(entry -> Math.abs(combined(entry.getKey())) < units.floorMicros());
    order.sort(
        Comparator.comparingDouble((Map.Entry<String, Account> entry) -> -weightOf(entry.getKey()))
            .thenComparing(Map.Entry::getKey));
    List<Suspect> suspects = new ArrayList<>();
    for (Map.Entry<String, Account> entry : order) {
      suspects.add(suspect(entry.getKey(), entry.getValue(), changeMicros, true));
    }
    return suspects;
  }

  /** The same, always as whole packages. */
  public List<Suspect> packages(double changeMicros) {
    List<Suspect> lines = new ArrayList<>();
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      if (Math.abs(entry.getValue().answersFor()) >= units.floorMicros()) {
        lines.add(suspect(entry.getKey(), entry.getValue(), changeMicros, false));
      }
    }
    lines.sort(
        Comparator.comparingDouble((Suspect line) -> -Math.abs(line.cumulativeChangeMs()))
            .thenComparing(Suspect::name));
    return lines;
  }

  private void chargeStructure() {
    for (int j = 0; j < profile.columns; j++) {
      if (!structure.changed(j)) {
        continue;
      }
      Account account = account(structure.owner[j]);
      boolean ownCode = structure.owner[j].equals(profile.packageName[j]);
      account.own += ownCode ? shifts.shift(j) : 0;
      account.pulled += ownCode ? 0 : shifts.shift(j);
      account.came |= structure.came(j);
      account.went |= structure.went(j);
      account.columns.add(j);
      account.smallestP = Math.min(account.smallestP, 1.0 / (1 + thresholds.permutations()));
      attributed[j] = true;
    }
  }

  /**
   * Runtime modules that stayed are never charged: no deployment can change them, only hosts and
   * pauses do.
   */
  private void chargeStayed() {
    for (Map.Entry<String, List<Integer>> entry : units.members.entrySet()) {
      boolean whole = units.significantPackage(entry.getKey());
      for (int column : entry.getValue()) {
        boolean changeable = !profile.ofRuntime[column] && !units.paused(column);
        if (changeable && (whole || units.significant(column))) {
          Account account = account(entry.getKey());
          account.stayed += shifts.shift(column);
          account.columns.add(column);
          account.smallestP = Math.min(account.smallestP, units.p[column]);
          attributed[column] = true;
        }
      }
      if (whole && accounts.containsKey(entry.getKey())) {
        Account account = account(entry.getKey());
        account.smallestP =
            Math.min(account.smallestP, units.packageP.getOrDefault(entry.getKey(), 1.0));
      }
      if (accounts.containsKey(entry.getKey())) {
        account(entry.getKey()).remains = true;
      }
    }
  }

  /**
   * A dependency that changed its set of modules in the same deployment as the library that pulls
   * it in is that library's upgrade: scipy's cost stands behind sklearn when the function only
   * imports sklearn.
   */
  private void liftDependencies() {
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      String above = importer(entry.getKey());
      if (above == null || !(entry.getValue().came || entry.getValue().went)) {
        continue;
      }
      Account lead = accounts.get(above);
      if (lead != null
          && (lead.came || lead.went)
          && weighs(above)
          && !leadsTo(above, entry.getKey())) {
        entry.getValue().lead = above;
      }
    }
  }

  private boolean leadsTo(String from, String to) {
    @Nullable String at = from;
    while (at != null && !at.equals(to)) {
      Account account = accounts.get(at);
      at = account == null ? null : account.lead;
    }
    return at != null;
  }

  /** Package whose code first imports the named one; runtime modules in between are passed over. */
  private @Nullable String importer(String name) {
    for (int j = 0; j < profile.columns; j++) {
      if (!profile.name[j].equals(name) || profile.ofRuntime[j]) {
        continue;
      }
      int[] parent = structure.went(j) ? structure.parentBefore : structure.parentAfter;
      int at = j;
      while (at >= 0 && (profile.ofRuntime[at] || profile.packageName[at].equals(name))) {
        at = parent[at];
      }
      return at < 0 ? null : profile.packageName[at];
    }
    return null;
  }

  private boolean weighs(String name) {
    double before = 0;
    double after = 0;
    for (int j = 0; j < profile.columns; j++) {
      if (profile.packageName[j].equals(name)) {
        before += shifts.before[j];
        after += shifts.after[j];
      }
    }
    return Math.max(before, after) >= LIBRARY_MICROS;
  }

  private Account account(String name) {
    return accounts.computeIfAbsent(name, key -> new Account());
  }

  /** What a package answers for, with the dependencies that were lifted to it. */
  private double combined(String name) {
    double sum = account(name).answersFor();
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      if (name.equals(entry.getValue().lead)) {
        sum += combined(entry.getKey());
      }
    }
    return sum;
  }

  /**
   * A lead stands before everything lifted to it, also where some of that works against the rest.
   */
  private double weightOf(String name) {
    double most = Math.abs(combined(name));
    for (Map.Entry<String, Account> entry : accounts.entrySet()) {
      if (name.equals(entry.getValue().lead)) {
        most = Math.max(most, Math.nextUp(weightOf(entry.getKey())));
      }
    }
    return most;
  }

  private Suspect suspect(String name, Account account, double changeMicros, boolean descend) {
    double total = descend ? combined(name) : account.answersFor();
    int carrier = descend ? carrier(account, total) : -1;
    int shown = carrier >= 0 ? carrier : topOf(name, account);
    String kind = carrier >= 0 ? profile.after.kind() : "package";
    double self = carrier >= 0 ? shifts.shift(carrier) : account.own + account.stayed;
    return new Suspect(
        carrier >= 0 ? profile.name[carrier] : name,
        kind,
        change(account, carrier, total),
        self / 1000,
        total / 1000,
        structure.chain(shown),
        changeMicros == 0 ? 0 : total / changeMicros,
        account.smallestP);
  }

  /**
   * The one import that carries a package's change, if there is one; a package that came or went
   * whole stays whole.
   */
  private int carrier(Account account, double total) {
    if (!account.remains && account.columns.size() > 1) {
      return -1;
    }
    int best = -1;
    for (int column : account.columns) {
      double part = shifts.shift(column) / total;
      boolean owned = profile.packageName[column].equals(structure.owner[column]);
      if (owned
          && part >= thresholds.descendShare()
          && (best < 0 || part > shifts.shift(best) / total)) {
        best = column;
      }
    }
    return best;
  }

  /** The package's own top row, or else the column nearest to a root. */
  private int topOf(String name, Account account) {
    int best = account.columns.get(0);
    for (int column : account.columns) {
      if (profile.name[column].equals(name)) {
        return column;
      }
      if (structure.chain(column).size() < structure.chain(best).size()) {
        best = column;
      }
    }
    return best;
  }

  private Change change(Account account, int carrier, double total) {
    boolean phase = carrier >= 0 ? structure.movedPhase(carrier) : mostlyMovedPhase(account);
    if (phase) {
      return Change.MOVED;
    }
    boolean whole = carrier < 0 && !account.remains && account.came != account.went;
    if (whole || (carrier >= 0 && structure.changed(carrier))) {
      return total > 0 ? Change.NEW : Change.GONE;
    }
    return total > 0 ? Change.SLOWER : Change.FASTER;
  }

  private boolean mostlyMovedPhase(Account account) {
    double moved = 0;
    double all = 0;
    for (int column : account.columns) {
      double size = Math.abs(shifts.shift(column));
      moved += structure.movedPhase(column) ? size : 0;
      all += size;
    }
    return all > 0 && moved >= all / 2;
  }
}
