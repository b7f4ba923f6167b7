package dev.frostline.benchmarks;

import dev.frostline.verdict.changes.ChangePoints;
import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.changes.Stretches;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Deployments that serve for weeks, of the starts that {@link LifeEvaluation} makes from real ones:
 * in none of them must a level shift be found where nothing happened, and one import that gets
 * slower somewhere on the way is to be found there. Arguments: a folder in the shape of
 * lambda-python, then {@code --periods N}, {@code --starts N}, {@code --added PERCENT}, {@code
 * --seed N}.
 */
public final class ShiftEvaluation {
  /** A shift leaves at least so many starts on either side. */
  private static final int LEAST_SIDE = 25;

  /** A shift is placed when it is found within so many starts. */
  private static final int NEAR = 5;

  private ShiftEvaluation() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Map<String, String> options = Options.of(Arrays.copyOfRange(arguments, 1, arguments.length));
    int periods = Integer.parseInt(options.getOrDefault("--periods", "200"));
    int starts = Integer.parseInt(options.getOrDefault("--starts", "150"));
    int added = Integer.parseInt(options.getOrDefault("--added", "0"));
    long seed = Long.parseLong(options.getOrDefault("--seed", "0"));
    List<LifeEvaluation.Pool> pools = LifeEvaluation.pools(Path.of(arguments[0]));
    Map<Verdict, Integer> falsely = new TreeMap<>();
    int found = 0;
    int guilty = 0;
    for (int i = 0; i < periods; i++) {
      LifeEvaluation.Pool pool = pools.get(i % pools.size());
      LifeStarts made = pool.starts(seed + i);
      int target = made.ownImport(pool::isOwn);
      int at = LEAST_SIDE + new Random(seed + i).nextInt(starts - 2 * LEAST_SIDE);
      Deployment before = made.next("1", at, target, 0);
      Deployment after = made.next("1", starts - at, target, added / 100.0 * made.usualMicros());
      List<TimedStart> all = new ArrayList<>(before.starts());
      all.addAll(after.starts());
      Stretches stretches = new ChangePoints(Thresholds.DEFAULT).within(before.with(all));
      boolean isFound = false;
      for (DatedComparison shift : stretches.shifts()) {
        boolean isHere =
            added > 0 && shift.comparison().verdict() == Verdict.SLOWER && isWithin(shift, all, at);
        if (isHere && !isFound) {
          isFound = true;
          String first =
              shift.comparison().suspects().isEmpty()
                  ? ""
                  : shift.comparison().suspects().get(0).name();
          String name = made.names().name(target);
          guilty += name.equals(first) || name.startsWith(first + ".") ? 1 : 0;
        } else {
          falsely.merge(shift.comparison().verdict(), 1, Integer::sum);
        }
      }
      found += isFound ? 1 : 0;
    }
    out.printf(
        "+%d %%: %d periods of %d starts: %d found within %d starts, guilty first %d; false %s%n",
        added, periods, starts, found, NEAR, guilty, falsely);
  }

  private static boolean isWithin(DatedComparison shift, List<TimedStart> all, int at) {
    long from = all.get(Math.max(0, at - NEAR)).startedAtMicros();
    long to = all.get(Math.min(all.size() - 1, at + NEAR)).startedAtMicros();
    return shift.firstMicros() >= from && shift.firstMicros() <= to;
  }
}
