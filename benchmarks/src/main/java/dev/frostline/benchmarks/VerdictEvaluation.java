package dev.frostline.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints how good the verdicts are, next to simple rules in the same run. Arguments are folders,
 * each known by its shape: truth.json below (lambda-python), daily_zip*.csv.gz (lambda-perf),
 * annotations.json (tcpd), or files of collect_starts.py; {@code --replays N} sets the replays of a
 * cell, {@code --before N} the starts before the deployment, {@code --seed N} draws others.
 */
public final class VerdictEvaluation {
  private static final long REPLAYS = 2000;
  private static final long BEFORE = 200;

  private VerdictEvaluation() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Map<String, Long> options =
        new HashMap<>(
            Map.of("--replays", REPLAYS, "--before", BEFORE, "--after", 0L, "--seed", 0L));
    for (int i = 0; i < arguments.length; i++) {
      if (options.containsKey(arguments[i])) {
        options.put(arguments[i], Long.parseLong(arguments[++i]));
      } else {
        evaluate(Path.of(arguments[i]), options, out);
      }
    }
  }

  private static void evaluate(Path folder, Map<String, Long> options, PrintStream out)
      throws Exception {
    if (Files.exists(folder.resolve("annotations.json"))) {
      new Tcpd(folder, out).run();
    } else if (has(folder, "daily_zip")) {
      new LambdaPerf(folder, out).run();
    } else if (hasTruth(folder)) {
      new LambdaPython(folder, out).run();
    } else {
      new Replays(pools(folder), options, out).run();
    }
  }

  private static boolean has(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
    }
  }

  private static boolean hasTruth(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> Files.exists(file.resolve("truth.json")));
    }
  }

  private static List<StartPool> pools(Path folder) throws IOException {
    List<StartPool> pools = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".csv.gz")).sorted().toList()) {
        pools.add(StartPool.read(file));
      }
    }
    if (pools.isEmpty()) {
      throw new IOException(folder + " holds no data with known truth and no real starts");
    }
    return pools;
  }
}
