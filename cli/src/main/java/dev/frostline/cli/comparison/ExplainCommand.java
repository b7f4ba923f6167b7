package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Browser;
import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.output.WholeFile;
import dev.frostline.cli.store.DeploymentRange;
import dev.frostline.cli.store.FunctionLookup;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WhereOption;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.report.picture.DeploymentPicture;
import dev.frostline.report.picture.Explanation;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One comparison, or one deployment, down to the import. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Explains what changed between two deployments of a function, down to the "
            + "import, or where the init time of a single one goes.",
    footer = {
      "",
      "Example: frostline explain checkout-api 41..42",
      "         frostline explain checkout-api 42",
      "         frostline explain checkout-api 41..42 -o html --open"
    })
public final class ExplainCommand implements Callable<Integer> {
  /** How an explanation is printed. */
  enum Format {
    TABLE,
    JSON,
    HTML,
    OFF
  }

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin WhereOption where = new WhereOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "Form of the answer: table, json, html or off (default: table).")
  Format format = Format.TABLE;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "3",
      description = "Levels of the import tree to print (default: ${DEFAULT-VALUE}).")
  int depth = 3;

  @Option(
      names = "--min",
      paramLabel = "MS",
      defaultValue = "5",
      description = "Smallest change in ms of an import to print (default: ${DEFAULT-VALUE}).")
  double leastMs = 5;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File of the HTML page (default: FUNCTION-A..B.html here).")
  @Nullable Path page;

  @Option(names = "--open", description = "Opens the HTML page in the browser.")
  boolean open;

  @Parameters(index = "0", paramLabel = "FUNCTION", description = "Function name.")
  String function = "";

  @Parameters(
      index = "1..*",
      arity = "0..2",
      paramLabel = "A..B",
      description =
          "Two deployments, as A..B or A B, or a single one (default: what is live and "
              + "what it replaced).")
  List<String> range = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Store opened = Store.openReadOnly(store.file)) {
      if (range.size() == 1 && !range.get(0).contains("..")) {
        deployment(opened.connection(), range.get(0), out);
        out.flush();
        return 0;
      }
      Comparison comparison = comparison(opened.connection());
      Acknowledgement accepted = AcceptedFindings.of(opened.connection()).of(comparison);
      switch (format) {
        case JSON -> printJson(comparison, accepted, out);
        case TABLE -> {
          new ExplanationText(
                  Explanation.read(opened.connection(), comparison),
                  store,
                  where.words(),
                  depth,
                  leastMs)
              .print(out);
          if (accepted != null) {
            out.println(SafeText.of(AcceptedFindings.words(accepted)));
          }
        }
        case HTML ->
            writePage(
                name(comparison), Explanation.read(opened.connection(), comparison).html(), out);
        case OFF -> {}
      }
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot compare deployments: " + e.getMessage());
    }
    out.flush();
    return 0;
  }

  /** One deployment alone: where its time goes. */
  private void deployment(Connection connection, String name, PrintWriter out) throws SQLException {
    FunctionLookup found = FunctionLookup.of(connection, where, function);
    found.require(name);
    DeploymentPicture picture = DeploymentPicture.read(connection, found.function(), name);
    if (!picture.isThere()) {
      throw new Failure(
          Failure.CANNOT_JUDGE, "No cold start of " + function + " " + name + " counts.");
    }
    DeploymentText text = new DeploymentText(picture, store, where.words());
    switch (format) {
      case JSON -> JsonOutput.print(out, text.json());
      case TABLE -> text.print(out);
      case HTML -> writePage(function + " " + name, picture.html(), out);
      case OFF -> {}
    }
  }

  private Comparison comparison(Connection connection) throws SQLException {
    DeploymentRange between = DeploymentRange.of(range);
    FunctionLookup found = FunctionLookup.of(connection, where, function);
    return between == null
        ? newest(connection, found.query())
        : between(connection, found, between);
  }

  private Comparison newest(Connection connection, Query query) {
    Answer answer = new Judge(Thresholds.DEFAULT).answer(new StoredHistories(connection), query);
    List<Comparison> all = answer.newest().isEmpty() ? answer.comparisons() : answer.newest();
    if (all.isEmpty()) {
      throw new Failure(
          Failure.CANNOT_JUDGE,
          function
              + " has no two deployments with cold starts that count. See frostline functions");
    }
    return all.get(all.size() - 1);
  }

  /** Two named deployments of a function. */
  public static Comparison between(
      Connection connection, FunctionLookup function, DeploymentRange between) {
    function.require(between.before());
    function.require(between.after());
    return between(connection, function.query(), between.before(), between.after());
  }

  /** The same where it is known that both are there. */
  public static Comparison between(
      Connection connection, Query query, String before, String after) {
    try {
      return new Judge(Thresholds.DEFAULT)
          .explain(new StoredHistories(connection), query, before, after);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.CANNOT_JUDGE, e.getMessage() + ". See frostline sql deployments");
    }
  }

  /** The comparison as the JSON contract has it, on its own. */
  static void printJson(
      Comparison comparison, @Nullable Acknowledgement accepted, PrintWriter out) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(JsonOutput.answer());
    answer.putAll(ComparisonJson.of(comparison));
    if (accepted != null) {
      answer.put("acknowledged", ComparisonJson.of(accepted));
    }
    JsonOutput.print(out, answer);
  }

  private void writePage(String name, String content, PrintWriter out) {
    Path file = page == null ? Path.of(Columns.fileName(name) + ".html") : page;
    try {
      WholeFile.write(file, content);
      out.printf("Wrote %s (%,d kB, one file)%n", file, Files.size(file) / 1000);
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT, "Cannot write " + file + ": " + Failure.whyNotWritten(e));
    }
    if (open) {
      Browser.open(file.toAbsolutePath().toUri().toString(), spec.commandLine().getErr());
    }
  }

  private static String name(Comparison comparison) {
    return comparison.function()
        + " "
        + comparison.before().deployment()
        + ".."
        + comparison.after().deployment();
  }
}
