package dev.frostline.verdict;

import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.HostLoad;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.history.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A made-up function with known truth: runtime modules, four packages of its own, hosts of
 * different speed.
 */
final class Made {
  static final Configuration SAME =
      new Configuration("python3.13", "python:3.13.v1", "x86_64", 1024, null, "on-demand");
  private static final String[] RUNTIME = {
    "json", "email", "http", "logging", "re", "typing", "asyncio", "ssl"
  };
  private static final String[] PACKAGES = {"alpha", "beta", "gamma", "delta"};

  private static final ImportNames NAMES = new ImportNames();

  Configuration configuration = SAME;
  double ownFactor = 1;
  @Nullable String slowModule;
  double slowMs;
  @Nullable String newPackage;
  boolean lazy;
  double outsideMs = 30;
  boolean shuffled;
  int starts = 20;
  @Nullable HostLoad host;

  /** Speed of all hosts. */
  double hostFactor = 1;

  /** Share of imports in which another process took the CPU for some milliseconds. */
  double preempted;

  /** Times another process takes the CPU for some milliseconds within one of an import's. */
  double stretched;

  /** What reading each own import's file takes. */
  double readMicros;

  /** One in so many own imports is read; 1 is all. */
  int readEvery = 1;

  /** Hosts of another type time each import by 10 % differently; 0 is the usual type. */
  long hostType;

  Deployment deployment(String version, long seed) {
    return deployment(version, seed, NAMES);
  }

  Deployment deployment(String version, long seed, ImportNames names) {
    if (shuffled) {
      names.id("delta.m9");
      names.id("zzz.first");
    }
    List<TimedStart> made = new ArrayList<>();
    Random random = new Random(seed);
    for (int i = 0; i < starts; i++) {
      made.add(start(names, random, seed * 1000 + i));
    }
    if (shuffled) {
      Collections.shuffle(made, new Random(1));
    }
    return new Deployment("1", "eu-west-1", "made", version, "python module", names, made);
  }

  private TimedStart start(ImportNames names, Random random, long id) {
    double speed = hostFactor * Math.exp(0.25 * random.nextGaussian());
    List<Integer> name = new ArrayList<>();
    List<Long> self = new ArrayList<>();
    List<Boolean> invoke = new ArrayList<>();
    for (String module : RUNTIME) {
      for (int i = 0; i < 6; i++) {
        add(names, module + ".m" + i, 300 + 60 * i, speed, random, name, self);
      }
    }
    for (String module : PACKAGES) {
      for (int i = 0; i < 20; i++) {
        String full = module + ".m" + i;
        double extra = full.equals(slowModule) ? slowMs * 1000 : 0;
        double code = (400 + 100 * i) * ownFactor + extra;
        double read = i % readEvery == 0 ? readMicros : 0;
        add(names, full, code + read, speed, random, name, self);
      }
    }
    disturb(name, self, random);
    while (invoke.size() < name.size()) {
      invoke.add(false);
    }
    for (int i = 0; newPackage != null && i < 10; i++) {
      add(names, newPackage + ".m" + i, 2000, speed, random, name, self);
      invoke.add(lazy);
    }
    double init = outsideMs + self.stream().mapToLong(Long::longValue).sum() / 1000.0;
    return new TimedStart(
        id, id * 3_600_000_000L, init, configuration, host, trace(name, self, invoke));
  }

  private void disturb(List<Integer> name, List<Long> self, Random random) {
    for (int row = 0; row < self.size(); row++) {
      double type =
          hostType == 0 ? 1 : Math.exp(0.1 * new Random(hostType + name.get(row)).nextGaussian());
      double chance = preempted + stretched * self.get(row) / 1000;
      boolean struck = chance > 0 && random.nextDouble() < chance;
      double taken = struck ? 4000 + random.nextInt(4000) : 0;
      self.set(row, Math.round(self.get(row) * type + taken));
    }
  }

  private static void add(
      ImportNames names,
      String full,
      double micros,
      double speed,
      Random random,
      List<Integer> name,
      List<Long> self) {
    name.add(names.id(full));
    self.add(Math.round(micros * speed * Math.exp(0.04 * random.nextGaussian())));
  }

  private static Trace trace(List<Integer> name, List<Long> self, List<Boolean> invoke) {
    int[] parent = new int[name.size()];
    boolean[] phase = new boolean[name.size()];
    for (int row = 0; row < parent.length; row++) {
      parent[row] = -1;
      phase[row] = invoke.get(row);
    }
    return new Trace(
        name.stream().mapToInt(Integer::intValue).toArray(),
        self.stream().mapToLong(Long::longValue).toArray(),
        parent,
        phase);
  }
}
