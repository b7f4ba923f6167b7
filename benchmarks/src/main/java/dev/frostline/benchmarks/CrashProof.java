package dev.frostline.benchmarks;

import dev.frostline.ingest.DirectoryLanding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proof that the commands which write survive being killed. Each round breaks one of them in its
 * own way, at random moments: {@code ingest}, {@code sync}, {@code compact} and {@code prune}
 * killed time and again, three at once on one store and some of these killed, a disk that is full,
 * syncs, a prune, a compaction and readers at once on a lake ({@link LakeRounds}). Then the same is
 * asked again, and the store must equal that of an undisturbed ingest, the lake that of an
 * undisturbed compaction; no command may print a stack trace or end in another way than 0 or 4.
 *
 * <p>Arguments: {@code --rounds N} (10) or {@code --minutes N}, whichever ends first; {@code
 * --kills N} a round at most (3), {@code --seed N} (1), {@code --events N} (400), {@code --data
 * FOLDER} of decoded batches by the line, {@code --only lake_at_once} for one kind of round. A full
 * disk takes the right to mount; without it these rounds are left out.
 */
public final class CrashProof {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", "."));
  private static final int FILES = 16;

  private final Path work;
  private final int mostKills;
  private final CommandLineProcess commands;
  private final Path logs;
  private final Path landing;
  private final Path expected;
  private final Path expectedLake;
  private final Path pruned;
  private final List<String> batches;
  private @Nullable LakeRounds lake;

  /** How long each command took when it was last left alone: kills fall within. */
  private final Map<String, Long> millis = new HashMap<>();

  private int kills;
  private int refusals;

  private CrashProof(Path work, List<String> batches, int mostKills)
      throws IOException, InterruptedException {
    this.work = work;
    this.mostKills = mostKills;
    this.batches = batches;
    commands =
        new CommandLineProcess(
            PackedClassPath.in(Files.createDirectory(work.resolve("class-path"))));
    logs = Files.createDirectory(work.resolve("logs"));
    landing = Files.createDirectory(work.resolve("landing"));
    expected = work.resolve("expected.duckdb");
    expectedLake = Files.createDirectory(work.resolve("expected-lake"));
    pruned = work.resolve("measured.duckdb");
    write(batches);
    commands.mustSucceed(ingest(expected)); // leaves the archive of classes
    Files.copy(expected, pruned); // its lake says when the findings of this store were made
    Path timed = work.resolve("timed.duckdb");
    for (String[] command :
        List.of(sync(timed), ingest(timed), compact(pruned, expectedLake), prune(pruned))) {
      long begun = System.nanoTime();
      commands.mustSucceed(command);
      millis.put(command[0], (System.nanoTime() - begun) / 1_000_000);
    }
  }

  /** How a round breaks things. */
  private enum Fault {
    INGEST_KILLED,
    SYNC_KILLED,
    THREE_AT_ONCE,
    COMPACT_KILLED,
    PRUNE_KILLED,
    DISK_FULL,
    LAKE_AT_ONCE
  }

  /** Prints a line a round; exits with 1 when anything was lost or doubled, or a trace printed. */
  public static void main(String[] arguments) throws Exception {
    System.exit(brokenRounds(arguments) == 0 ? 0 : 1);
  }

  static int brokenRounds(String... arguments) throws Exception {
    Map<String, String> options = Options.of(arguments);
    int rounds = Integer.parseInt(options.getOrDefault("--rounds", "10"));
    long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
    int events = Integer.parseInt(options.getOrDefault("--events", "400"));
    Path data = Path.of(options.getOrDefault("--data", ROOT + "/../shared/data/lambda-python"));
    int mostKills = Integer.parseInt(options.getOrDefault("--kills", "3"));
    long minutes = Long.parseLong(options.getOrDefault("--minutes", "10000"));
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    String only = options.getOrDefault("--only", "");
    List<Fault> faults =
        only.isEmpty()
            ? List.of(Fault.values())
            : List.of(Fault.valueOf(only.toUpperCase(Locale.ROOT)));
    int broken = 0;
    try (WorkFolder folder = WorkFolder.make("crash")) {
      CrashProof proof =
          new CrashProof(folder.path(), DeliveryProof.batches(data, events), mostKills);
      int round = 0;
      for (; round < rounds && System.nanoTime() < end; round++) {
        Fault fault = faults.get(round % faults.size());
        String difference = proof.round(fault, seed + round);
        broken += difference.isEmpty() ? 0 : 1;
        OUT.printf(
            Locale.ROOT,
            "round %3d, %4d kills: %-14s %s%n",
            round + 1,
            proof.kills,
            fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            difference.isEmpty() ? "exact" : difference);
      }
      OUT.printf(
          Locale.ROOT,
          "%d rounds, %d kills, %d refusals with a sentence; %d rounds lost, doubled or printed a"
              + " trace%n",
          round,
          proof.kills,
          proof.refusals,
          broken);
    }
    return broken;
  }

  private void write(List<String> batches) throws IOException {
    for (int i = 0; i < FILES; i++) {
      int from = batches.size() * i / FILES;
      List<String> part = batches.subList(from, batches.size() * (i + 1) / FILES);
      Files.write(logs.resolve("batches-" + i + ".ndjson"), part);
      LambdaEvents.land(new DirectoryLanding(landing), part);
    }
  }

  private String[] ingest(Path store) {
    return new String[] {
      "ingest", logs.toString(), "--region", "eu-west-1", "--db", store.toString(), "-o", "off"
    };
  }

  private String[] sync(Path store) {
    return new String[] {"sync", landing.toString(), "--db", store.toString(), "-o", "off"};
  }

  private static String[] compact(Path store, Path lake) {
    return new String[] {
      "compact", "--lake", lake.toString(), "--db", store.toString(), "-o", "off"
    };
  }

  private static String[] prune(Path store) {
    return new String[] {
      "prune", "--raw-days", "7", "--daily-starts", "5", "--db", store.toString(), "-o", "off"
    };
  }

  /** Breaks something and mends it; what differs then, or nothing. */
  private String round(Fault fault, long seed) throws Exception {
    Random random = new Random(seed);
    try (WorkFolder round = new WorkFolder(Files.createDirectory(work.resolve("round-" + seed)))) {
      Path folder = round.path();
      Path store = folder.resolve("store.duckdb");
      Path said = folder.resolve("said.txt");
      String difference =
          switch (fault) {
            case INGEST_KILLED -> killed(random, said, ingest(store)) + difference(store, folder);
            case SYNC_KILLED -> killed(random, said, sync(store)) + difference(store, folder);
            case THREE_AT_ONCE -> atOnce(random, said, store) + difference(store, folder);
            case COMPACT_KILLED -> compactKilled(random, said, store, folder);
            case PRUNE_KILLED -> pruneKilled(random, said, store, folder);
            case DISK_FULL -> diskFull(random, said, folder);
            case LAKE_AT_ONCE -> lake().round(random, said, folder, this::kill);
          };
      return difference + traces(said);
    }
  }

  private LakeRounds lake() throws Exception {
    if (lake == null) {
      lake = new LakeRounds(work, batches, expected, commands);
    }
    return lake;
  }

  /** Kills it some times and then lets it end. */
  private String killed(Random random, Path said, String... command)
      throws IOException, InterruptedException {
    for (int left = 1 + random.nextInt(mostKills); left > 0; left--) {
      Process victim = start(said, command);
      Thread.sleep(moment(random, command[0]));
      kill(victim);
    }
    long begun = System.nanoTime();
    String wrong = end(start(said, command), 0);
    millis.put(command[0], (System.nanoTime() - begun) / 1_000_000);
    return wrong;
  }

  /** A moment before or shortly after the command would end by itself, in milliseconds. */
  private long moment(Random random, String command) {
    return random.nextInt((int) (millis.getOrDefault(command, 1000L) * 1.05));
  }

  private void kill(Process victim) throws InterruptedException {
    kills += victim.isAlive() ? 1 : 0;
    victim.destroyForcibly().waitFor();
  }

  private String atOnce(Random random, Path said, Path store)
      throws IOException, InterruptedException {
    List<Process> all = new ArrayList<>();
    for (String[] command : List.of(ingest(store), sync(store), ingest(store))) {
      all.add(start(said, command));
    }
    Collections.shuffle(all, random);
    for (int left = 1 + random.nextInt(all.size() - 1); left > 0; left--) {
      Thread.sleep(moment(random, "ingest"));
      kill(all.remove(0));
    }
    StringBuilder wrong = new StringBuilder();
    for (Process process : all) {
      wrong.append(end(process, 0, 4));
    }
    return wrong + end(start(said, sync(store)), 0) + end(start(said, ingest(store)), 0);
  }

  private String compactKilled(Random random, Path said, Path store, Path folder) throws Exception {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    Files.copy(expected, store);
    String wrong = killed(random, said, compact(store, lake));
    boolean isSame = files(expectedLake).equals(files(lake));
    return wrong + difference(store, folder) + (isSame ? "" : "the lake differs: " + files(lake));
  }

  private String pruneKilled(Random random, Path said, Path store, Path folder) throws Exception {
    Files.copy(expected, store);
    return killed(random, said, prune(store)) + difference(pruned, store, folder);
  }

  private String diskFull(Random random, Path said, Path folder) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    long most = Files.size(expected) / 1024;
    long kb = 512L + random.nextInt((int) most);
    if (run("mount", "-t", "tmpfs", "-o", "size=" + kb + "k", "tmpfs", disk.toString()) != 0) {
      return "";
    }
    try {
      Path store = disk.resolve("store.duckdb");
      String wrong = end(start(said, ingest(store)), 0, 4);
      run("mount", "-o", "remount,size=" + 10 * most + "k", disk.toString());
      return wrong + end(start(said, ingest(store)), 0) + difference(store, folder);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private Process start(Path said, String... command) throws IOException {
    return commands.start(ProcessBuilder.Redirect.appendTo(said.toFile()), command);
  }

  private String end(Process process, Integer... allowed) throws InterruptedException {
    int exit = process.waitFor();
    refusals += exit == 0 ? 0 : 1;
    return Arrays.asList(allowed).contains(exit) ? "" : "exit " + exit + "; ";
  }

  private String difference(Path store, Path folder) throws Exception {
    return difference(expected, store, folder);
  }

  private static String difference(Path wanted, Path store, Path folder) throws Exception {
    StoreDifference difference = StoreDifference.between(wanted, store, folder);
    return difference.isEmpty()
        ? ""
        : "lost " + difference.lost() + ", doubled " + difference.doubled() + "; ";
  }

  private static String traces(Path said) throws IOException {
    String text = Files.exists(said) ? Files.readString(said) : "";
    boolean isTrace = text.contains("\tat ") || text.contains("a fault of Frostline");
    return isTrace || text.contains("fatal error has been detected") ? "said: " + text : "";
  }

  /** All but what a killed write left, which no reader lists and later writes remove. */
  private static Map<String, Integer> files(Path folder) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith(".partial-")) {
          continue;
        }
        files.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
