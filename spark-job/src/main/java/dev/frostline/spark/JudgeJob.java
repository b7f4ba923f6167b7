package dev.frostline.spark;

import dev.frostline.store.RecordCodec;
import dev.frostline.verdict.Answer;
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
 * {@code spark-submit --class dev.frostline.spark.JudgeJob spark-job.jar LAKE}: judges every
 * function of a lake, where its rows lie, and the fleet from what they came to; writes {@code
 * LAKE/finding}. A run that is stopped leaves the findings of the run before.
 */
public final class JudgeJob {
  private JudgeJob() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: JudgeJob LAKE (s3://BUCKET/PREFIX or a folder)");
      System.exit(2);
    }
    try (SparkSession spark =
        SparkSession.builder()
            .appName("frostline-judge")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.datetime.java8API.enabled", "true")
            .getOrCreate()) {
      System.out.println(run(spark, arguments[0]) + " findings");
    }
  }

  /** Judges a lake, writes its findings and says how many there are. */
  static int run(SparkSession spark, String lake) throws IOException {
    List<FindingRow> findings = FindingRow.of(answer(spark, lake));
    new FindingTable(spark, lake).write(findings);
    return findings.size();
  }

  /** The answer of the judge over the whole lake, as it would be with one store of all its rows. */
  static Answer answer(SparkSession spark, String lake) {
    LakeTables tables = new LakeTables(spark, lake);
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
    return new Judge(Thresholds.DEFAULT).answer(new Judged(functions), Query.ALL);
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
