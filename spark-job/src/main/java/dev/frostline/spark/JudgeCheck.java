package dev.frostline.spark;

import dev.frostline.lake.ScratchFolder;
import dev.frostline.store.LakeParts;
import dev.frostline.store.RecordCodec;
import dev.frostline.store.Store;
import dev.frostline.verdict.FindingRow;
import dev.frostline.verdict.JudgedFunction;
import dev.frostline.verdict.JudgedFunction.Answered;
import dev.frostline.verdict.JudgedFunction.Part;
import dev.frostline.verdict.history.FunctionOutline;
import dev.frostline.verdict.history.FunctionScope;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * {@code spark-submit --class dev.frostline.spark.JudgeCheck spark-job.jar LAKE FUNCTIONS}: judges
 * a lake as {@link JudgeJob} does, and so many of its functions, spread evenly over all names, once
 * more by a DuckDB store of their rows. Both must come to the same bytes of each function; and the
 * findings of the whole fleet to the same rows, when what the store came to stands in for them.
 */
public final class JudgeCheck {
  private JudgeCheck() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length != 2) {
      System.err.println("usage: JudgeCheck LAKE FUNCTIONS (a lake in a folder)");
      System.exit(2);
    }
    boolean isSame;
    try (SparkSession spark = JudgeJob.session()) {
      isSame = isSame(spark, arguments[0], Integer.parseInt(arguments[1]));
    }
    System.exit(isSame ? 0 : 1);
  }

  static boolean isSame(SparkSession spark, String lake, int count)
      throws IOException, SQLException {
    List<JudgedFunction> functions = JudgeJob.judged(new LakeTables(spark, lake));
    List<FindingRow> findings = JudgeJob.findings(functions);
    JudgeJob.write(spark, findings, lake + "/finding/data.parquet");
    System.out.println(functions.size() + " functions, " + findings.size() + " findings");
    Map<String, JudgedFunction> ofStore = judgedByStore(lake, sample(functions, count));
    RecordCodec codec = new RecordCodec();
    List<JudgedFunction> mixed = new ArrayList<>();
    int same = 0;
    for (JudgedFunction one : functions) {
      JudgedFunction other = ofStore.get(key(one.outline()));
      mixed.add(other == null ? one : other);
      same +=
          other != null && Arrays.equals(codec.bytes(bare(one)), codec.bytes(bare(other))) ? 1 : 0;
    }
    boolean isFleetSame = JudgeJob.findings(mixed).equals(findings);
    System.out.println(
        same
            + " of "
            + ofStore.size()
            + " functions judged to the same bytes by DuckDB; findings of the fleet with them: "
            + (isFleetSame ? "the same" : "others"));
    return same == ofStore.size() && isFleetSame;
  }

  private static Set<String> sample(List<JudgedFunction> functions, int count) {
    List<String> names = functions.stream().map(one -> key(one.outline())).sorted().toList();
    Set<String> sample = new LinkedHashSet<>();
    for (int i = 0; i < Math.min(count, names.size()); i++) {
      sample.add(names.get((int) ((long) i * names.size() / Math.min(count, names.size()))));
    }
    return sample;
  }

  private static Map<String, JudgedFunction> judgedByStore(String lake, Set<String> functions)
      throws IOException, SQLException {
    Map<String, JudgedFunction> judged = new HashMap<>();
    RecordCodec codec = new RecordCodec();
    try (ScratchFolder folder = new ScratchFolder();
        Store store = Store.open(folder.path().resolve("sample.duckdb"))) {
      LakeParts parts = new LakeParts(store);
      parts.takeFunctions(
          lake + "/cold_start/*/*.parquet", lake + "/import_timing/*/*.parquet", functions);
      parts.writeLivePeriods();
      store.judge();
      try (Statement statement = store.connection().createStatement();
          ResultSet row = statement.executeQuery("SELECT judged FROM judgement")) {
        while (row.next()) {
          JudgedFunction one = codec.record(JudgedFunction.class, row.getBytes(1));
          if (one != null) {
            judged.put(key(one.outline()), one);
          }
        }
      }
    }
    return judged;
  }

  private static String key(FunctionOutline outline) {
    FunctionScope name = outline.scope();
    return name.account() + "/" + name.region() + "/" + name.function();
  }

  /** Without the keys under which a store finds parts again: no job keeps any. */
  private static JudgedFunction bare(JudgedFunction function) {
    return new JudgedFunction(
        function.outline(), true, bare(function.changes()), bare(function.rechecks()));
  }

  private static List<Answered> bare(List<Answered> answers) {
    return answers.stream()
        .map(
            one -> {
              Part part = one.part();
              return new Answered(
                  new Part(part.question(), part.before(), part.after(), part.skipped(), ""),
                  one.changes());
            })
        .toList();
  }
}
