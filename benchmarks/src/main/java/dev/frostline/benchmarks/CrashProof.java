package dev.frostline.benchmarks;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.ingest.DirectoryLanding;
import dev.frostline.ingest.IngestHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Proof that the commands which write survive being killed. Each round breaks one of them in its
 * own way, at random moments: {@code ingest}, {@code sync} and {@code compact} killed, three at
 * once on one store and one of these killed, a disk that is full. Then the same is asked again, and
 * the store must equal that of an undisturbed ingest, the lake that of an undisturbed compaction;
 * no command may print a stack trace or end in another way than 0 or 4.
 *
 * <p>Arguments: {@code --rounds N} (10), {@code --seed N} (1), {@code --events N} (400), {@code
 * --data FOLDER} of decoded batches by the line. A full disk takes the right to mount; without it
 * these rounds are left out.
 */
public final class CrashProof {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", "."));
  private static final int FILES = 16;
  private static final int MOST_KILLS = 3;

  private final Path work;
  private final CommandLineProcess commands = new CommandLineProcess();
  private final Path logs;
  private final Path landing;
  private final Path expected;
  private final Path expectedLake;
  private final long millis;
  private int kills;
  private int refusals;

  private CrashProof(Path work, List<String> batches) throws IOException, InterruptedException {
    this.work = work;
    logs = Files.createDirectory(work.resolve("logs"));
    landing = Files.createDirectory(work.resolve("landing"));
    expected = work.resolve("expected.duckdb");
    expectedLake = Files.createDirectory(work.resolve("expected-lake"));
    write(batches);
    long begun = System.nanoTime();
    commands.mustSucceed(ingest(expected));
    millis = (System.nanoTime() - begun) / 1_000_000;
    commands.mustSucceed(compact(expected, expectedLake));
  }

  /** How a round breaks things. */
  private enum Fault {
    INGEST_KILLED,
    SYNC_KILLED,
    THREE_AT_ONCE,
    COMPACT_KILLED,
    DISK_FULL
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
    int broken = 0;
    try (WorkFolder folder = WorkFolder.make("crash")) {
      CrashProof proof = new CrashProof(folder.path(), DeliveryProof.batches(data, events));
      for (int round = 0; round < rounds; round++) {
        Fault fault = Fault.values()[round % Fault.values().length];
        String difference = proof.round(fault, seed + round);
        broken += difference.isEmpty() ? 0 : 1;
        OUT.printf(
            Locale.ROOT,
            "round %3d: %-14s %s%n",
            round + 1,
            fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            difference.isEmpty() ? "exact" : difference);
      }
      OUT.printf(
          Locale.ROOT,
          "%d rounds, %d kills, %d refusals with a sentence; %d rounds lost, doubled or printed a trace%n",
          rounds,
          proof.kills,
          proof.refusals,
          broken);
    }
    return broken;
  }

  private void write(List<String> batches) throws IOException {
    IngestHandler handler = new IngestHandler(new DirectoryLanding(landing), "eu-west-1", null);
    for (int i = 0; i < FILES; i++) {
      int from = batches.size() * i / FILES;
      List<String> part = batches.subList(from, batches.size() * (i + 1) / FILES);
      Files.write(logs.resolve("batches-" + i + ".ndjson"), part);
      for (String batch : part) {
        CloudWatchLogsEvent.AWSLogs data = new CloudWatchLogsEvent.AWSLogs();
        data.setData(Base64.getEncoder().encodeToString(LambdaEvents.gzip(batch)));
        CloudWatchLogsEvent event = new CloudWatchLogsEvent();
        event.setAwsLogs(data);
        handler.handleRequest(event, null);
      }
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
            case DISK_FULL -> diskFull(random, said, folder);
          };
      return difference + traces(said);
    }
  }

  /** Kills it some times and then lets it end. */
  private String killed(Random random, Path said, String... command)
      throws IOException, InterruptedException {
    for (int left = 1 + random.nextInt(MOST_KILLS); left > 0; left--) {
      kill(random, start(said, command));
    }
    return end(start(said, command), 0);
  }

  private void kill(Random random, Process victim) throws InterruptedException {
    Thread.sleep(random.nextInt((int) (millis * 1.1)));
    kills += victim.isAlive() ? 1 : 0;
    victim.destroyForcibly().waitFor();
  }

  private String atOnce(Random random, Path said, Path store)
      throws IOException, InterruptedException {
    List<Process> all =
        List.of(start(said, ingest(store)), start(said, sync(store)), start(said, ingest(store)));
    Process victim = all.get(random.nextInt(all.size()));
    kill(random, victim);
    StringBuilder wrong = new StringBuilder();
    for (Process process : all) {
      wrong.append(process == victim ? "" : end(process, 0, 4));
    }
    return wrong + end(start(said, sync(store)), 0) + end(start(said, ingest(store)), 0);
  }

  private String compactKilled(Random random, Path said, Path store, Path folder) throws Exception {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    String wrong = end(start(said, ingest(store)), 0) + killed(random, said, compact(store, lake));
    boolean isSame = files(expectedLake).equals(files(lake));
    return wrong + difference(store, folder) + (isSame ? "" : "the lake differs: " + files(lake));
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
    StoreDifference difference = StoreDifference.between(expected, store, folder);
    return difference.isEmpty()
        ? ""
        : "lost " + difference.lost() + ", doubled " + difference.doubled() + "; ";
  }

  private static String traces(Path said) throws IOException {
    String text = Files.exists(said) ? Files.readString(said) : "";
    boolean isTrace = text.contains("\tat ") || text.contains("a fault of Frostline");
    return isTrace || text.contains("fatal error has been detected") ? "said: " + text : "";
  }

  private static Map<String, Integer> files(Path folder) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
