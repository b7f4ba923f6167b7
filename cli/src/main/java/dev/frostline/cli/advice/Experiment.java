package dev.frostline.cli.advice;

import dev.frostline.cli.program.Bench;
import dev.frostline.cli.program.Change;
import dev.frostline.cli.program.Played;
import dev.frostline.cli.program.Variant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Runs of a program as it is and of its variants, in turns on one machine. */
public final class Experiment {
  /** Of what is one way or the other by chance, one program in 128 would pass for steady then. */
  private static final int KNOWN_RUNS = 8;

  /** Runs for what single events need; those that are not known by then are taken to need it. */
  private static final int MOST_ALONE = 12;

  /** Where time is short; of fewer pairs an interval is too wide to tell anything. */
  static final int LEAST_ROUNDS = 5;

  /** Of fewer pairs ranks have no interval. */
  private static final int RANKED_ROUNDS = 8;

  static final int FEWEST_ROUNDS = 12;
  private static final int USUAL_ROUNDS = 40;
  private static final int MOST_ROUNDS = 200;

  /** Half an interval at which nobody would ask for more. */
  private static final double SURE_MS = 1.6;

  private static final double SURE_SHARE = 0.03;

  private final Bench bench;
  private final Behaviour behaviour = new Behaviour();
  private final Variant asItIs;
  private final Listener listener;
  private final double initMs;
  private final Duration perRun;

  /** Hears of each run that is counted, while its log is still there. */
  public interface Listener {
    void ran(Change change) throws IOException;
  }

  /**
   * Runs the program as it is a few times.
   *
   * @param before the side that variants are held against
   * @throws IOException when it does not end well, or not as it does by itself
   */
  public Experiment(Bench bench, Change before, Listener listener) throws IOException {
    this.bench = bench;
    this.listener = listener;
    asItIs = bench.make(before);
    Instant began = Instant.now();
    Played first = bench.run(asItIs);
    checkEnd(first);
    behaviour.add(first);
    Instant between = Instant.now();
    Played second = bench.run(asItIs);
    Duration one = Duration.between(began, between);
    Duration other = Duration.between(between, Instant.now());
    perRun = one.compareTo(other) < 0 ? one : other;
    behaviour.add(second);
    initMs = second.initMs();
    Optional<Played> plain = bench.runPlain();
    if (plain.isPresent()) {
      checkPlain(plain.get());
    }
  }

  private static void checkEnd(Played first) throws IOException {
    if (first.exit() != 0) {
      throw new IOException("the program ended with exit code " + first.exit() + first.lastLine());
    }
  }

  /** CPU time of the program's init as it is, of one run. */
  double initMs() {
    return initMs;
  }

  /** What rounds of so many changes and of the program as it is take. */
  Duration time(int rounds, int changes) {
    return perRun.multipliedBy(rounds * (changes + 1L));
  }

  /** Nothing said of the program as it is played holds where it does something else by itself. */
  private void checkPlain(Played plain) throws IOException {
    List<String> apart = behaviour.differences(plain).stream().map(Difference::part).toList();
    if (apart.contains("exit code") || apart.contains("standard output")) {
      throw new IOException(
          "the program behaves otherwise when it is watched ("
              + String.join(", ", apart)
              + " differ), so nothing can be said of it");
    }
  }

  public List<String> notCompared() {
    return behaviour.notCompared();
  }

  /**
   * Makes a variant and runs it once: what it breaks or loads all the same shows at once. Where it
   * differs the program as it is runs a few times more, since it may differ so by itself.
   */
  public Trial begin(Change change) throws IOException {
    return begin(change, Double.NaN);
  }

  /** The same of a change of which it is known what it could save at most. */
  Trial begin(Change change, double mostMs) throws IOException {
    Trial trial = new Trial(bench.make(change), mostMs, behaviour);
    trial.watch(bench.run(trial.variant()));
    while (!trial.differences().isEmpty() && behaviour.runs() < KNOWN_RUNS) {
      behaviour.add(bench.run(asItIs));
    }
    if (!trial.isOver()) {
      playAlone(trial);
    }
    return trial;
  }

  /**
   * An event that finds what an earlier one has loaded, or has kept from it, needs it where it
   * comes first: those that may be so are played without the others, until it is known of each.
   */
  private void playAlone(Trial trial) throws IOException {
    Set<Integer> open = trial.unknown();
    for (int runs = 0; !open.isEmpty() && runs < MOST_ALONE; runs++) {
      Set<Integer> others = new TreeSet<>(trial.played());
      others.removeAll(open);
      Played run = bench.run(trial.variant(), others);
      if (run.events() < trial.events() || !run.skipped().equals(others)) {
        return; // its script cannot do without the others' answers
      }
      trial.addAlone(run);
      open = trial.unknown();
    }
  }

  /**
   * Runs them in turns until every interval is narrow enough, or time is over. What the time that
   * is left can show nothing of any more leaves the turns to those of which it can.
   */
  void measure(List<Trial> trials, Instant until) throws IOException {
    boolean forward = true;
    List<Trial> turn = turn(trials, until);
    while (!turn.isEmpty()) {
      round(turn, forward);
      forward = !forward;
      turn = turn(trials, until);
    }
  }

  /**
   * Those that have had few rounds; and that want more, if the time that is left can show what they
   * could save at most: as many as it is enough for, what could save most first.
   */
  private List<Trial> turn(List<Trial> trials, Instant until) {
    Duration left = Duration.between(Instant.now(), until);
    int few = left.isNegative() ? LEAST_ROUNDS : RANKED_ROUNDS;
    Set<Trial> turn =
        trials.stream().filter(trial -> trial.runs() < few).collect(Collectors.toSet());
    List<Trial> wanting =
        trials.stream()
            .filter(trial -> !left.isNegative() && trial.runs() >= few && wantsMore(trial))
            .sorted(Comparator.comparingDouble(trial -> -trial.mostMs()))
            .toList();
    int rounds = 0;
    for (Trial trial : wanting) {
      int longer = Math.max(rounds, roundsToShow(trial));
      Duration takes = time(longer, turn.size() + 1);
      if (turn.isEmpty() || takes.compareTo(left) <= 0) {
        turn.add(trial);
        rounds = longer;
      }
    }
    return trials.stream().filter(turn::contains).toList();
  }

  /** More rounds until its interval, which narrows with the root of their number, can show it. */
  private static int roundsToShow(Trial trial) {
    double wide = trial.initMs().halfWidth() / trial.mostMs();
    return (int) Math.max(0, Math.ceil(trial.runs() * (wide * wide - 1)));
  }

  /** Only what is wide beside what could be saved is worth more rounds than the others. */
  private static boolean wantsMore(Trial trial) {
    double half = trial.initMs().halfWidth();
    int most = half > trial.mostMs() / 2 ? MOST_ROUNDS : USUAL_ROUNDS;
    double sure = Math.max(SURE_MS, SURE_SHARE * Math.abs(trial.initMs().estimate()));
    return trial.runs() < FEWEST_ROUNDS || (half > sure && trial.runs() < most);
  }

  /** Runs all of them and the program as it is in rounds, as long as more are asked for. */
  public void inTurns(List<Trial> trials, BooleanSupplier more) throws IOException {
    for (boolean forward = true; more.getAsBoolean(); forward = !forward) {
      round(trials, forward);
    }
  }

  /** A run of the program as it is and of each of them, the last one first every other time. */
  private void round(List<Trial> trials, boolean forward) throws IOException {
    List<Trial> turn = new ArrayList<>(trials);
    if (!forward) {
      Collections.reverse(turn);
    }
    Played before = forward ? run(asItIs) : null;
    List<Played> after = new ArrayList<>();
    for (Trial trial : turn) {
      after.add(run(trial.variant()));
    }
    before = before == null ? run(asItIs) : before;
    behaviour.add(before);
    for (int i = 0; i < turn.size(); i++) {
      turn.get(i).add(before, after.get(i));
    }
  }

  private Played run(Variant variant) throws IOException {
    Played run = bench.run(variant);
    listener.ran(variant.change());
    return run;
  }
}
