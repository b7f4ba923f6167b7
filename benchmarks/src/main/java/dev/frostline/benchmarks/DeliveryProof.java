package dev.frostline.benchmarks;

import dev.frostline.ingest.Landing;
import dev.frostline.servers.FaultProxy;
import dev.frostline.servers.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Proof that nothing is lost or doubled on the way from CloudWatch Logs to the store. Real cold
 * starts are sent as Lambda events to the packaged handler under AWS's own runtime interface
 * client, 8 at once, each 1 to 5 times, shuffled, a tenth of them late; S3 answers with faults;
 * handlers and syncs are killed at random; what fails for good goes to the on-failure destination
 * and is replayed. Then the store must equal that of a plain {@code frostline ingest} of the same
 * data. The other way in has no function: a log group of class DELIVERY writes to the bucket, in
 * any split and order, some events twice, while syncs run, meet faults and are killed.
 *
 * <p>Arguments: {@code --way function} or {@code bucket}, {@code --runs N} (1), {@code --events N}
 * (0: all), {@code --seed N} (1), {@code --data FOLDER} of decoded batches by the line.
 */
public final class DeliveryProof {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", "."));

  /** In how many parts a bucket is filled, with syncs in between. */
  private static final int WAVES = 2;

  private final Path work;
  private final List<String> batches;
  private final S3Server server;
  private final CommandLineProcess commands = new CommandLineProcess();

  private DeliveryProof(Path work, List<String> batches, S3Server server) {
    this.work = work;
    this.batches = batches;
    this.server = server;
  }

  /** What a run came to. */
  record Run(StoreDifference difference, String told) {
    boolean isExact() {
      return difference.isEmpty();
    }
  }

  /** Prints a line a run; exits with 1 when anything was lost or doubled. */
  public static void main(String[] arguments) throws Exception {
    System.exit(inexactRuns(arguments) == 0 ? 0 : 1);
  }

  static int inexactRuns(String... arguments) throws Exception {
    Map<String, String> options = Options.of(arguments);
    int runs = Integer.parseInt(options.getOrDefault("--runs", "1"));
    int events = Integer.parseInt(options.getOrDefault("--events", "0"));
    long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
    Path data = Path.of(options.getOrDefault("--data", ROOT + "/../shared/data/lambda-python"));
    boolean isBucket = options.getOrDefault("--way", "function").equals("bucket");
    int inexact = 0;
    try (WorkFolder work = WorkFolder.make("delivery");
        S3Server server = S3Server.start(work.path())) {
      DeliveryProof proof = new DeliveryProof(work.path(), batches(data, events), server);
      Path expected = proof.expected();
      for (int run = 0; run < runs; run++) {
        Run result =
            isBucket ? proof.runByBucket(expected, seed + run) : proof.run(expected, seed + run);
        inexact += result.isExact() ? 0 : 1;
        print(run + 1, proof.batches.size(), result);
      }
    }
    System.out.printf("%d runs, %d of them exact%n", runs, runs - inexact);
    return inexact;
  }

  private static void print(int number, int batches, Run run) {
    System.out.printf(
        Locale.ROOT,
        "run %3d: %,d batches, %s; %,d rows, lost %d, doubled %d, export %s%n",
        number,
        batches,
        run.told(),
        run.difference().rows(),
        run.difference().lost(),
        run.difference().doubled(),
        run.difference().sameBytes() ? "byte-equal" : "DIFFERENT");
  }

  /** The store that a plain ingest of the same data makes. */
  private Path expected() throws IOException, InterruptedException {
    Path logs = Files.write(work.resolve("batches.ndjson"), batches);
    Path store = work.resolve("expected.duckdb");
    commands.mustSucceed(
        "ingest", logs.toString(), "--region", "eu-west-1", "--db", store.toString());
    return store;
  }

  private Run run(Path expected, long seed) throws Exception {
    Random random = new Random(seed);
    String landing = "s3://" + S3Server.BUCKET + "/run-" + seed;
    List<String> inTime = new ArrayList<>(batches);
    Collections.shuffle(inTime, random);
    List<String> late = inTime.subList(0, batches.size() / 10);
    try (WorkFolder folder = new WorkFolder(Files.createDirectory(work.resolve("run-" + seed)));
        FaultProxy proxy = new FaultProxy(server.port(), seed)) {
      Path store = folder.path().resolve("store.duckdb");
      Delivery delivery = new Delivery(ROOT, folder.path(), landing, proxy, new Random(seed));
      delivery.send(inTime.subList(late.size(), inTime.size()));
      int killed = syncKilled(random, landing, proxy, store);
      delivery.send(late);
      proxy.spoil(0.05);
      int replayed = replay(delivery.failures(), landing, proxy);
      killed += syncKilled(random, landing, proxy, store);
      StoreDifference difference = StoreDifference.between(expected, store, folder.path());
      return new Run(difference, told(delivery.counts(), killed, replayed));
    }
  }

  private static String told(Delivery.Counts counts, int killedSyncs, int replayed) {
    return String.format(
        Locale.ROOT,
        "%,d deliveries, %,d failed, %,d to the on-failure destination, %d replayed,"
            + " %,d of %,d S3 requests spoilt, %d handlers and %d syncs killed",
        counts.deliveries(),
        counts.failures(),
        counts.givenUp(),
        replayed,
        counts.spoilt(),
        counts.requests(),
        counts.killed(),
        killedSyncs);
  }

  /** The way in without a function: objects appear while syncs run. */
  private Run runByBucket(Path expected, long seed) throws Exception {
    Random random = new Random(seed);
    String landing = "s3://" + S3Server.BUCKET + "/bucket-run-" + seed;
    List<String> all = new ArrayList<>(batches);
    Collections.shuffle(all, random);
    try (WorkFolder folder = new WorkFolder(Files.createDirectory(work.resolve("bucket-" + seed)));
        FaultProxy proxy = new FaultProxy(server.port(), seed)) {
      Path store = folder.path().resolve("store.duckdb");
      BucketDelivery delivery =
          new BucketDelivery(Landing.at(landing, server.environment()), new Random(seed));
      int killed = 0;
      for (int wave = 0; wave < WAVES; wave++) {
        int from = all.size() * wave / WAVES;
        delivery.send(all.subList(from, all.size() * (wave + 1) / WAVES));
        killed += syncKilled(random, landing, proxy, store);
      }
      StoreDifference difference = StoreDifference.between(expected, store, folder.path());
      return new Run(
          difference,
          String.format(
              Locale.ROOT,
              "%,d events in %,d objects, %,d of %,d S3 requests spoilt, %d syncs killed",
              delivery.events(),
              delivery.objects(),
              proxy.spoilt(),
              proxy.requests(),
              killed));
    }
  }

  /** Two syncs at once, one of them killed at random; then again until one runs through. */
  private int syncKilled(Random random, String landing, FaultProxy proxy, Path store)
      throws IOException, InterruptedException {
    proxy.spoil(0.05);
    String[] sync = {
      "sync", landing, "--endpoint-url", proxy.endpoint(), "--db", store.toString(), "-o", "off"
    };
    Process victim = commands.start(sync);
    Process other = commands.start(sync);
    Thread.sleep(700 + random.nextInt(4000));
    boolean killed = victim.isAlive();
    victim.destroyForcibly().waitFor();
    if (other.waitFor() != 0 && commands.start(sync).waitFor() != 0) {
      commands.mustSucceed(sync);
    }
    return killed ? 1 : 0;
  }

  private int replay(Path failures, String landing, FaultProxy proxy)
      throws IOException, InterruptedException {
    int records;
    try (Stream<Path> files = Files.list(failures)) {
      records = (int) files.count();
    }
    commands.mustSucceed(
        "replay",
        failures.toString(),
        "--landing",
        landing,
        "--endpoint-url",
        proxy.endpoint(),
        "-o",
        "off");
    return records;
  }

  /** Decoded batches from all files in turn, as many as asked for; 0 asks for all. */
  static List<String> batches(Path data, int most) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(data)) {
      files = tree.filter(file -> file.toString().endsWith(".ndjson.gz")).sorted().toList();
    }
    List<List<String>> byFile = new ArrayList<>();
    for (Path file : files) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        byFile.add(lines.lines().toList());
      }
    }
    List<String> batches = new ArrayList<>();
    for (int row = 0; byFile.stream().mapToInt(List::size).max().orElse(0) > row; row++) {
      for (List<String> lines : byFile) {
        if (row < lines.size() && (most == 0 || batches.size() < most)) {
          batches.add(lines.get(row));
        }
      }
    }
    return batches;
  }
}
