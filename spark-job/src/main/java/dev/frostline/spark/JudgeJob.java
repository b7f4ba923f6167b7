package dev.frostline.spark;

import dev.frostline.store.RecordCodec;
import dev.frostline.verdict.FindingRow;
import dev.frostline.verdict.Histories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.JudgedFunction;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * {@code spark-submit --class dev.frostline.spark.JudgeJob spark-job.jar [--landing LANDING] LAKE}:
 * takes what was landed into the lake where it is told to, judges every function of the lake, where
 * its rows lie, and the fleet from what they came to; writes {@code LAKE/finding}. A run that is
 * stopped leaves the lake and the findings of the run before.
 */
public final class JudgeJob {
  private JudgeJob() {}

  public static void main(String[] arguments) throws IOException {
    boolean isLanded = arguments.length == 3 && arguments[0].equals("--landing");
    if (arguments.length != 1 && !isLanded) {
      System.err.println(
          "usage: JudgeJob [--landing LANDING] LAKE (each s3://BUCKET/PREFIX or a folder)");
      System.exit(2);
    }
    try (SparkSession spark = session()) {
      int findings =
          isLanded
              ? new LandingJob(spark, arguments[1], arguments[2]).run()
              : run(spark, arguments[0]);
      System.out.println(findings + " findings");
    }
  }

  static SparkSession session() {
    return SparkSession.builder()
        .appName("frostline-judge")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.datetime.java8API.enabled", "true")
        .getOrCreate();
  }

  /** Judges a lake, writes its findings and says how many there are. */
  static int run(SparkSession spark, String lake) throws IOException {
    List<FindingRow> findings = findings(judged(new LakeTables(spark, lake)));
    write(spark, findings, lake + "/finding/data.parquet");
    return findings.size();
  }

  static void write(SparkSession spark, List<FindingRow> findings, String file) throws IOException {
    new RecordTable<>(spark, FindingRow.class).write(findings, "", file);
  }

  /** What the fleet shows, as it would be with one store of all its rows. */
  static List<FindingRow> findings(List<JudgedFunction> functions) {
    return FindingRow.of(new Judge(Thresholds.DEFAULT).answer(new Judged(functions), Query.ALL));
  }

  /** Every function by itself. */
  static List<JudgedFunction> judged(LakeTables tables) {
    KeyValueGroupedDataset<String, Row> starts = byFunction(tables.starts());
    KeyValueGroupedDataset<String, Row> timings = byFunction(packed(tables.timings()));
    CoGroupFunction<String, Row, Row, byte[]> judging = (name, own, packs) -> judged(own, packs);
    RecordCodec codec = new RecordCodec();
    List<JudgedFunction> functions = new ArrayList<>();
    for (byte[] bytes : starts.cogroup(timings, judging, Encoders.BINARY()).collectAsList()) {
      JudgedFunction function = codec.record(JudgedFunction.class, bytes);
      if (function != null) {
        functions.add(function);
      }
    }
    return functions;
  }

  private static KeyValueGroupedDataset<String, Row> byFunction(Dataset<Row> rows) {
    return rows.groupBy(LakeTables.KEY).as(Encoders.STRING(), Encoders.row(rows.schema()));
  }

  private static Dataset<Row> packed(Dataset<Row> timings) {
    MapPartitionsFunction<Row, Tuple2<String, byte[]>> packing = TimingPack::new;
    return timings
        .mapPartitions(packing, Encoders.tuple(Encoders.STRING(), Encoders.BINARY()))
        .toDF(LakeTables.KEY, "pack")
        .selectExpr(
            "coalesce(function_key, '') AS function_key", "pack"); // never null, as of starts
  }

  private static Iterator<byte[]> judged(Iterator<Row> own, Iterator<Row> packs) {
    List<Row> starts = new ArrayList<>();
    own.forEachRemaining(starts::add);
    if (starts.isEmpty()) {
      return List.<byte[]>of().iterator(); // none of its cold starts counts
    }
    Judge judge = new Judge(Thresholds.DEFAULT);
    RecordCodec codec = new RecordCodec();
    return judge.judged(new FunctionRows(starts, packs, judge), FunctionScope.ALL).fresh().stream()
        .map(codec::bytes)
        .iterator();
  }

  /** Functions that were all judged before: what is left is what the fleet shows together. */
  private record Judged(List<JudgedFunction> functions) implements Histories {
    @Override
    public List<JudgedFunction> judged(FunctionScope scope) {
      return functions;
    }

    @Override
    public List<FunctionHistory> functions(FunctionScope scope, Set<FunctionScope> without) {
      return List.of();
    }

    @Override
    public Map<Long, Long> fingerprints(FunctionScope scope, Set<FunctionScope> without) {
      return Map.of();
    }

    @Override
    public TraceBatch traces(List<StartRecord> starts) {
      return TraceBatch.NONE;
    }
  }
}
