package dev.frostline.spark;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What judging reads of a lake: the columns and rows of {@code verdict/starts} and {@code timings}.
 */
final class LakeTables {
  /** The column that tells functions apart. */
  static final String KEY = "function_key";

  private static final String KEYED = "concat_ws('/', account, region, function) AS " + KEY;

  private final SparkSession spark;
  private final Function<String, List<String>> paths;

  /** The tables that engines read of a lake. */
  LakeTables(SparkSession spark, String lake) {
    this(spark, table -> List.of(lake + "/" + table));
  }

  /**
   * @param paths files or folders of a table
   */
  LakeTables(SparkSession spark, Function<String, List<String>> paths) {
    this.spark = spark;
    this.paths = paths;
  }

  /** Every cold start that counts. */
  Dataset<Row> starts() {
    return table("cold_start")
        .where("status = 'success' AND trust = 'ok' AND init_kind NOT IN ('snapshot', 'failed')")
        .selectExpr(
            KEYED,
            "account",
            "region",
            "function",
            "cold_start_id",
            "version",
            "deployment",
            "unix_micros(CAST(started_at AS TIMESTAMP)) AS started_us",
            "CASE WHEN init_kind = 'restore' THEN restore_ms ELSE init_ms END AS init_ms",
            "runtime",
            "runtime_version",
            "architecture",
            "memory_mb",
            "layers",
            "init_kind",
            "completeness IN ('cut', 'capped') AS cut",
            "import_count",
            "major_faults",
            "blocks_read",
            "involuntary_switches");
  }

  /** Every import of the main interpreter that was timed; columns by their place, for speed. */
  Dataset<Row> timings() {
    return table("import_timing")
        .where("tree = 0 AND NOT cached")
        .selectExpr(
            KEYED,
            "cold_start_id",
            "seq",
            "coalesce(parent_seq, -1) AS parent_seq",
            "name",
            "self_us",
            "phase = 'invoke' AS invoke");
  }

  private Dataset<Row> table(String name) {
    return spark.read().parquet(paths.apply(name).toArray(String[]::new));
  }
}
