package dev.frostline.spark;

import dev.frostline.lake.ShardedSync;
import dev.frostline.lake.ShardedSync.Made;
import dev.frostline.lake.ShardedSync.Piece;
import dev.frostline.lake.Sync;
import dev.frostline.verdict.FindingRow;
import dev.frostline.verdict.JudgedFunction;
import dev.frostline.verdict.LivePeriodRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import scala.Tuple2;

/**
 * Takes what was landed into a lake, judges all of it, and makes rows and findings the lake's by
 * one commit: {@link ShardedSync}, with Spark to carry things from one step to the next.
 */
final class LandingJob {
  /** Landing objects that one task reads. */
  private static final int BATCH = 200;

  /** As lake/live_period has them. */
  private static final Comparator<LivePeriodRow> ORDER =
      Comparator.comparing(LivePeriodRow::account)
          .thenComparing(LivePeriodRow::region)
          .thenComparing(LivePeriodRow::function)
          .thenComparing(LivePeriodRow::track)
          .thenComparing(LivePeriodRow::beganAt)
          .thenComparing(LivePeriodRow::deployment);

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final String landing;
  private final String lake;
  private final int shards;

  LandingJob(SparkSession spark, String landing, String lake) {
    this.spark = spark;
    this.context = new JavaSparkContext(spark.sparkContext());
    this.landing = landing;
    this.lake = lake;
    this.shards = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
  }

  /**
   * Runs once, and says how many findings there are.
   *
   * @throws IOException when a place cannot be read or written, or another sync was faster: the
   *     lake is as it was
   */
  int run() throws IOException {
    ShardedSync sync = ShardedSync.begin(place(landing), place(lake), shards);
    List<String> keys = sync.keys();
    if (keys.isEmpty() && sync.isWritten()) {
      return JudgeJob.run(spark, lake);
    }
    List<Made> made = new ArrayList<>(merged(sync, taken(sync, keys)));
    int findings = sync.files("cold_start", made).isEmpty() ? 0 : judge(sync, made);
    String commit = sync.commit(made);
    context
        .parallelize(ShardedSync.changed(commit))
        .foreach(part -> sync.writeTables(commit, part));
    sync.end(commit);
    return findings;
  }

  /** What Hadoop calls s3a is s3 to everybody else. */
  private static String place(String name) {
    return name.replaceFirst("^s3a:", "s3:");
  }

  private List<Made> taken(ShardedSync sync, List<String> keys) {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      batches.add(List.copyOf(keys.subList(from, Math.min(keys.size(), from + BATCH))));
    }
    CollectionAccumulator<String> failed = spark.sparkContext().collectionAccumulator("failed");
    List<Made> made =
        context
            .parallelize(batches, Math.max(1, batches.size()))
            .flatMapToPair(batch -> byShard(sync.split(batch)))
            .partitionBy(new HashPartitioner(shards))
            .mapPartitionsWithIndex(
                (shard, pieces) -> taken(sync, shard, pieces, failed).iterator(), false)
            .collect();
    new TreeSet<>(failed.value()).forEach(System.err::println);
    return made;
  }

  private static Iterator<Tuple2<Integer, Piece>> byShard(List<Piece> pieces) {
    return pieces.stream().map(piece -> new Tuple2<>(piece.shard(), piece)).iterator();
  }

  private static List<Made> taken(
      ShardedSync sync,
      int shard,
      Iterator<Tuple2<Integer, Piece>> pieces,
      CollectionAccumulator<String> failed)
      throws IOException {
    if (!pieces.hasNext()) {
      return List.of();
    }
    Iterator<Piece> own =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return pieces.hasNext();
          }

          @Override
          public Piece next() {
            return pieces.next()._2();
          }
        };
    Sync.Listener listener =
        (key, reason) ->
            failed.add("Not taken, and tried again by the next run: " + key + ": " + reason);
    return sync.take(shard, own, listener);
  }

  private List<Made> merged(ShardedSync sync, List<Made> taken) {
    Map<String, List<Made>> parts = new HashMap<>();
    taken.forEach(one -> parts.computeIfAbsent(one.part(), key -> new ArrayList<>()).add(one));
    return context
        .parallelize(List.copyOf(parts.values()), Math.max(1, parts.size()))
        .map(part -> sync.merge(part.get(0).part(), part))
        .collect();
  }

  /** Judges the lake as it will be, and adds what it came to; how many findings. */
  private int judge(ShardedSync sync, List<Made> made) throws IOException {
    Map<String, List<String>> files = new HashMap<>();
    for (String table : List.of("cold_start", "import_timing")) {
      files.put(table, sync.files(table, made).stream().map(key -> lake + "/" + key).toList());
    }
    List<JudgedFunction> functions =
        JudgeJob.judged(new LakeTables(spark, table -> files.getOrDefault(table, List.of())));
    List<FindingRow> findings = JudgeJob.findings(functions);
    List<LivePeriodRow> periods =
        functions.stream()
            .flatMap(function -> LivePeriodRow.of(function.outline()).stream())
            .sorted(ORDER)
            .toList();
    Made judged = ShardedSync.judged();
    Map<String, String> targets = ShardedSync.files(judged);
    JudgeJob.write(spark, findings, lake + "/" + targets.get("finding"));
    new RecordTable<>(spark, LivePeriodRow.class)
        .write(periods, "cold_starts", lake + "/" + targets.get("live_period"));
    made.add(judged);
    return findings.size();
  }
}
