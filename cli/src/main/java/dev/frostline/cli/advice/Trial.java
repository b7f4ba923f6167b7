package dev.frostline.cli.advice;

import dev.frostline.cli.program.Played;
import dev.frostline.cli.program.Variant;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.PairedShift;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs of the program as it is and of a variant, in pairs, and what they tell of the change. */
public final class Trial {
  /**
   * What finding and reading a module's file costs, 0.2 to 1.2 ms here and another time elsewhere.
   */
  private static final double DOUBT_MS = 1;

  private static final double DOUBT_SHARE = 0.01;

  private final Variant variant;
  private final double mostMs;
  private final List<Played> before = new ArrayList<>();
  private final List<Played> after = new ArrayList<>();
  private final List<Played> watched = new ArrayList<>();
  private final List<Played> alone = new ArrayList<>();
  private final Behaviour behaviour;
  private List<Difference> differences = List.of();
  private int compared;

  /** What a change does. */
  public enum Outcome {
    /** Takes time out of init, and some of the events never need it. */
    HELPS,
    /** Takes it out of init, and every event's environment pays it with its first request. */
    MOVED,
    /** Something loads it while init runs, whatever imports are deferred. */
    NEEDED,
    /** Changes what the program prints, answers or ends with. */
    BREAKS,
    /** Makes no difference that could be shown. */
    NOTHING;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Begins without runs.
   *
   * @param mostMs what it could save at most; NaN where nobody knows
   */
  Trial(Variant variant, double mostMs, Behaviour behaviour) {
    this.variant = variant;
    this.mostMs = mostMs;
    this.behaviour = behaviour;
  }

  public Variant variant() {
    return variant;
  }

  /** What it could save at most, CPU ms; NaN where nobody knows. */
  double mostMs() {
    return mostMs;
  }

  void add(Played asItIs, Played changed) {
    before.add(asItIs);
    after.add(changed);
  }

  /** Adds a run that counts for what it did alone. */
  void watch(Played changed) {
    watched.add(changed);
  }

  public int runs() {
    return after.size();
  }

  /** Middle of the init of the program as it is, CPU ms. */
  public double beforeMs() {
    return middle(Played::initMs);
  }

  /** The same without the start of the interpreter; NaN where that is not known. */
  public double codeBeforeMs() {
    return middle(Played::codeMs);
  }

  private double middle(ToDoubleFunction<Played> cost) {
    return before.stream()
        .mapToDouble(cost)
        .sorted()
        .skip(before.size() / 2)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Change of init in CPU ms, with its 99 % interval. No deferred import changes the start of the
   * interpreter, which differs more from run to run than all that comes behind it.
   */
  public Interval initMs() {
    boolean onlyCode = !variant.change().modules().isEmpty() && Double.isFinite(codeBeforeMs());
    return shift(onlyCode ? Played::codeMs : Played::initMs);
  }

  /**
   * The same of the first event that needs what was deferred, or of the first of all where the
   * change is to how the program is started; NaN where there is none.
   */
  public Interval firstUseMs() {
    boolean all = variant.change().modules().isEmpty() && events() > 0;
    int event = all ? 0 : usedIn().stream().filter(one -> one >= 0).findFirst().orElse(-1);
    return event < 0 || after.isEmpty() ? Interval.NONE : shift(run -> run.eventMs(event));
  }

  private Interval shift(ToDoubleFunction<Played> cost) {
    double[] shifts = new double[after.size()];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = cost.applyAsDouble(after.get(i)) - cost.applyAsDouble(before.get(i));
    }
    Interval interval = PairedShift.of(shifts);
    return interval.wider(Math.max(DOUBT_MS, DOUBT_SHARE * Math.abs(interval.estimate())));
  }

  /**
   * What the program did otherwise, each part of its behaviour once. Each run of the program as it
   * is can show that a part differs by itself.
   */
  public List<Difference> differences() {
    int known = behaviour.runs() + all().size();
    if (compared != known) {
      Map<String, Difference> found = new TreeMap<>();
      for (Played run : all()) {
        behaviour.differences(run).forEach(one -> found.putIfAbsent(one.part(), one));
      }
      differences = List.copyOf(found.values());
      compared = known;
    }
    return differences;
  }

  public int events() {
    return all().stream().mapToInt(Played::events).max().orElse(0);
  }

  /**
   * The events that need what was deferred: those that reached its import, and those that loaded it
   * by other means, as pickle does, in any run. Of later ones nothing tells while it is there, so
   * that they count where it was loaded so, or where playing them alone has not told of each.
   */
  public Set<Integer> usedIn() {
    Set<Integer> reached = new TreeSet<>();
    all().forEach(run -> run.used().values().forEach(reached::addAll));
    Set<Integer> events = seen(variant.change().modules());
    if (!alone.isEmpty() || !reached.containsAll(events)) {
      events.addAll(unknown());
    }
    return events;
  }

  private Set<Integer> seen(List<String> modules) {
    Set<Integer> events = new TreeSet<>();
    all().forEach(run -> events.addAll(needing(run, modules)));
    alone.forEach(run -> events.addAll(needing(run, modules)));
    return events;
  }

  private static Set<Integer> needing(Played run, List<String> modules) {
    Set<Integer> events = new TreeSet<>();
    for (String module : modules) {
      events.addAll(run.used().getOrDefault(module, Set.of()));
      events.add(run.loaded().getOrDefault(module, -1));
    }
    events.remove(-1);
    return events;
  }

  /** Events of which it is not known whether they would need it: one before them has loaded it. */
  Set<Integer> unknown() {
    Set<Integer> open = new TreeSet<>(played());
    open.removeAll(seen(variant.change().modules()));
    Stream.concat(all().stream(), alone.stream())
        .forEach(
            run -> {
              Set<Integer> needing = needing(run, variant.change().modules());
              int first = needing.isEmpty() ? events() : Collections.min(needing);
              open.removeIf(event -> event < first && !run.skipped().contains(event));
            });
    return open;
  }

  /** The numbers of all events. */
  Set<Integer> played() {
    return IntStream.range(0, events()).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  /** Adds a run in which only some events were played. */
  void addAlone(Played run) {
    alone.add(run);
  }

  /** Share of the events that need what was deferred, 0 to 1; NaN without events. */
  public double usedShare() {
    return events() == 0 ? Double.NaN : (double) usedIn().size() / events();
  }

  /** The modules that init loaded all the same. */
  public List<String> stillLoaded() {
    return variant.change().modules().stream()
        .filter(
            module -> all().stream().anyMatch(run -> run.loaded().getOrDefault(module, 0) == -1))
        .toList();
  }

  private List<Played> all() {
    List<Played> all = new ArrayList<>(after);
    all.addAll(watched);
    return all;
  }

  /** Whether no more runs are needed: it breaks the program, or init loads it all the same. */
  boolean isOver() {
    return !differences().isEmpty() || !stillLoaded().isEmpty();
  }

  public Outcome outcome() {
    if (!differences().isEmpty()) {
      return Outcome.BREAKS;
    }
    if (!stillLoaded().isEmpty()) {
      return Outcome.NEEDED;
    }
    if (after.isEmpty() || !(initMs().high() < 0)) {
      return Outcome.NOTHING;
    }
    return usedShare() == 1 && isMoved() ? Outcome.MOVED : Outcome.HELPS;
  }

  /**
   * Whether no event can do without any of the modules; of several it may need each now and then.
   */
  private boolean isMoved() {
    Set<Integer> unsure = usedIn();
    unsure.removeAll(seen(variant.change().modules()));
    return variant.change().modules().stream()
        .allMatch(module -> seen(List.of(module)).size() + unsure.size() == events());
  }
}
