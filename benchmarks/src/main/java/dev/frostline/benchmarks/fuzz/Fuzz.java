package dev.frostline.benchmarks.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lets Jazzer search for inputs that break a reader: {@code Fuzz [--target NAME --seconds 60
 * --corpus benchmarks/src/fuzz --found FOLDER]}. It begins with the corpus of each target; what it
 * finds goes into the corpus, so that it is tried for ever after, and makes the exit code 1.
 */
public final class Fuzz {
  /** What is searched, by the name of its corpus. */
  static final Map<String, Class<?>> TARGETS =
      Map.of(
          "envelope",
          EnvelopeFuzz.class,
          "event",
          EventFuzz.class,
          "file",
          FileFuzz.class,
          "landing",
          LandingFuzz.class,
          "settings",
          SettingsFuzz.class,
          "sql",
          SqlGateFuzz.class);

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final int LINES_SHOWN = 40;

  private Fuzz() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    Path corpus = Path.of(options.getOrDefault("--corpus", "benchmarks/src/fuzz"));
    Path found = Path.of(options.getOrDefault("--found", corpus.toString()));
    int seconds = Integer.parseInt(options.getOrDefault("--seconds", "60"));
    int broken = 0;
    for (String target : TARGETS.keySet().stream().sorted().toList()) {
      if (options.getOrDefault("--target", target).equals(target)) {
        broken += search(target, corpus, found, seconds);
      }
    }
    System.exit(broken == 0 ? 0 : 1);
  }

  /** Searches one target and returns how many inputs break it. */
  static int search(String target, Path corpus, Path found, int seconds)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("frostline-fuzz-" + target);
    Path made = Files.createDirectory(work.resolve("made"));
    Path artifacts = Files.createDirectory(work.resolve("artifacts"));
    Deque<String> last = new ArrayDeque<>();
    int exit = run(target, made, corpus.resolve(target), artifacts, seconds, last);
    OUT.println(target + ": " + figures(last));
    int broken = keep(artifacts, Files.createDirectories(found.resolve(target)));
    if (broken > 0 || exit != 0) {
      last.forEach(OUT::println);
    }
    remove(work);
    return Math.max(broken, exit == 0 ? 0 : 1);
  }

  private static int run(
      String target, Path made, Path seeds, Path artifacts, int seconds, Deque<String> last)
      throws IOException, InterruptedException {
    Class<?> searched = TARGETS.get(target);
    if (searched == null) {
      throw new IllegalArgumentException("No target: " + target);
    }
    ProcessBuilder jazzer =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + searched.getName(),
            "--instrumentation_includes=dev.frostline.**",
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.SqlInjection",
            "--reproducer_path=" + artifacts,
            "-artifact_prefix=" + artifacts + "/",
            "-max_total_time=" + seconds,
            "-timeout=300",
            "-rss_limit_mb=4096",
            "-max_len=4096",
            "-print_final_stats=1",
            made.toString(),
            seeds.toString());
    Process process = jazzer.redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last.add(line);
        if (last.size() > LINES_SHOWN) {
          last.remove();
        }
      }
    }
    return process.waitFor();
  }

  private static String figures(Iterable<String> lines) {
    StringBuilder figures = new StringBuilder();
    for (String line : lines) {
      boolean isFigure =
          line.startsWith("stat::number_of_executed_units")
              || line.startsWith("stat::average_exec_per_sec")
              || line.contains(" DONE ");
      figures.append(isFigure ? line.replaceAll("\\s+", " ") + "; " : "");
    }
    return figures.toString();
  }

  /** The inputs that broke it; what was only slow is told by its time-out. */
  private static int keep(Path artifacts, Path corpus) throws IOException {
    int kept = 0;
    try (Stream<Path> files = Files.list(artifacts)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith("crash-") || name.startsWith("timeout-") || name.startsWith("oom-")) {
          Files.write(corpus.resolve(name), Files.readAllBytes(file));
          kept++;
        }
      }
    }
    return kept;
  }

  private static void remove(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
