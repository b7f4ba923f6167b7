package dev.frostline.verdict;

import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.ImportTimings;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Made-up functions that serve for weeks, with known truth: levels of each import, times hosts of
 * their own speed each day, times noise.
 */
final class MadeHistories implements Histories {
  static final long DAY = 86_400_000_000L;

  private static final String[] RUNTIME = {"json", "email", "http", "logging", "re", "typing"};
  private static final int OWN = 60;

  private final Random random;
  private final List<Served> functions = new ArrayList<>();
  private final Map<Long, ImportTimings> timings = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  MadeHistories(long seed) {
    random = new Random(seed);
  }

  /** What a function is like now; {@link #days} lets it serve so for some days. */
  final class Served {
    final String name;
    private final List<StartRecord> starts = new ArrayList<>();
    private final Map<String, Double> micros = new HashMap<>();
    String version = "41";
    Configuration configuration =
        new Configuration("python3.13", "python:3.13.v1", "x86_64", 1024, null, "on-demand");
    double outsideMs = 60;
    double hosts = 1;
    boolean traced = true;
    int startsADay = 6;
    private int day;

    private Served(String name) {
      this.name = name;
      for (int i = 0; i < RUNTIME.length * 4; i++) {
        micros.put(RUNTIME[i / 4] + ".m" + i % 4, 200.0 + random.nextInt(700));
      }
      for (int i = 0; i < OWN; i++) {
        micros.put("lib" + i % 6 + ".m" + i, 100.0 + random.nextInt(2900));
      }
    }

    /** The usual sum of all its imports, ms. */
    double importsMs() {
      return micros.values().stream().mapToDouble(Double::doubleValue).sum() / 1000;
    }

    /** One import more, or longer, by so much. */
    Served add(String module, double ms) {
      micros.merge(module, 1000 * ms, Double::sum);
      return this;
    }

    /** Serves as it is for so many days. */
    Served days(int count) {
      for (int end = day + count; day < end; day++) {
        double ofDay = hosts * Math.exp(0.043 * random.nextGaussian());
        for (int i = 0; i < startsADay; i++) {
          serve(day * DAY + i * DAY / (2L * startsADay), ofDay);
        }
      }
      return this;
    }

    private void serve(long at, double ofDay) {
      double speed = ofDay * Math.exp(0.05 * random.nextGaussian());
      ImportTimings imports = new ImportTimings(micros.size());
      double sum = 0;
      int seq = 0;
      for (Map.Entry<String, Double> one : micros.entrySet()) {
        long self = Math.round(one.getValue() * speed * Math.exp(0.03 * random.nextGaussian()));
        names.put((long) one.getKey().hashCode(), one.getKey());
        imports.add(seq++, -1, one.getKey().hashCode(), self, false);
        sum += self / 1000.0;
      }
      long id = timings.size() + 1L;
      timings.put(id, imports);
      starts.add(
          new StartRecord(
              id,
              version.length() < 4 ? version : "$LATEST",
              version,
              at,
              sum + outsideMs * speed,
              configuration,
              null,
              traced ? micros.size() : 0,
              false));
    }
  }

  Served function(String name) {
    Served served = new Served(name);
    functions.add(served);
    return served;
  }

  @Override
  public List<FunctionHistory> functions(FunctionScope scope, Set<FunctionScope> without) {
    return functions.stream()
        .filter(one -> scope.function() == null || scope.function().equals(one.name))
        .map(one -> new FunctionHistory("1", "eu-west-1", one.name, one.starts))
        .toList();
  }

  @Override
  public Map<Long, Long> fingerprints(FunctionScope scope, Set<FunctionScope> without) {
    return Map.of();
  }

  @Override
  public TraceBatch traces(List<StartRecord> starts) {
    return new TraceBatch(timings, key -> names.getOrDefault(key, "?"));
  }
}
