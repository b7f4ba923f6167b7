package dev.frostline.cli.gate;

import dev.frostline.cli.comparison.ComparisonText;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WritesStore;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/** Cold starts of a program on this machine, as a deployment to compare before it ships. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a local program several times under the layer and stores the "
          + "starts as a deployment.",
      "With --against, both versions start in turns and are judged at once, so that a "
          + "change is known before it ships. The program may be Python, Java, Node.js or .NET. "
          + "All of its starts are stored, or none."
    },
    footer = {
      "",
      "Example: frostline trace --against origin/main -- python3 app.py",
      "         frostline trace --deployment pr-812 -- python3 app.py"
    })
public final class TraceCommand implements Callable<Integer>, WritesStore {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin AgainstOption against = new AgainstOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments, after --. It has to end by itself.")
  List<String> command = List.of();

  @Option(
      names = {"-f", "--function"},
      paramLabel = "NAME",
      description = "Name of the function (default: this folder's name).")
  @Nullable String function;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description =
          "Name of the deployment, e.g. a git hash (default: the commit of a clean "
              + "work tree, else the time).")
  @Nullable String deployment;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Starts to store (default: ${DEFAULT-VALUE}).")
  int runs = 20;

  @Option(
      names = "--warmup",
      paramLabel = "RUNS",
      defaultValue = "1",
      description = "Starts before those, which are not stored (default: ${DEFAULT-VALUE}).")
  int warmup = 1;

  @Option(
      names = "--timeout-s",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Time limit of one start (default: ${DEFAULT-VALUE}).")
  long timeoutSeconds = 60;

  Map<String, String> environment = System.getenv();

  @Override
  public Integer call() {
    if (runs < 1 || warmup < 0 || timeoutSeconds < 1) {
      throw new Failure(Failure.USAGE, "--runs and --timeout-s start at 1, --warmup at 0");
    }
    String name = function == null ? folderName() : function;
    LocalStarts starts =
        new LocalStarts(command, warmup, runs, timeoutSeconds, spec.commandLine().getErr());
    return against.isGiven() ? compare(name, starts) : trace(name, starts);
  }

  private int trace(String name, LocalStarts starts) {
    String code = deployment == null ? OtherCode.nameOf(HERE, now()) : deployment;
    TracedStarts traced = new TracedStarts(name);
    starts.run(List.of(new LocalStarts.Code(code, HERE, traced)));
    print(name, code, traced, stored(name + " " + code, List.of(traced)));
    return 0;
  }

  private int compare(String name, LocalStarts starts) {
    try (OtherCode other = OtherCode.of(against, HERE, now())) {
      String code = deployment == null ? other.here() : deployment;
      LocalStarts.Code before =
          new LocalStarts.Code(other.name(), other.folder(), new TracedStarts(name));
      LocalStarts.Code after = new LocalStarts.Code(code, HERE, new TracedStarts(name));
      starts.run(List.of(before, after));
      stored(name + " " + code, List.of(before.starts(), after.starts()));
      return new AgainstJudgement(against, store, output.format, environment)
          .print(name, other.name(), code, spec.commandLine().getOut());
    }
  }

  private Ingestion.Summary stored(String source, List<TracedStarts> codes) {
    try (Store opened = Store.open(store.file);
        Ingestion ingestion = opened.ingest("trace", source)) {
      return TracedStarts.store(codes, ingestion);
    }
  }

  private void print(String name, String code, TracedStarts starts, Ingestion.Summary stored) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.format == OutputFormat.JSON) {
      Map<String, Object> answer = JsonOutput.answer();
      answer.put("function", name);
      answer.put("deployment", code);
      answer.put("cold_starts", stored.newColdStarts());
      answer.put("init_median_ms", starts.medianInitMs());
      answer.put("imports_per_start", starts.importsPerStart());
      JsonOutput.print(out, answer);
    } else if (output.format != OutputFormat.OFF) {
      out.printf(
          "%s %s: %d cold starts, init median %s, %d import timings each%n",
          SafeText.of(name),
          SafeText.of(code),
          stored.newColdStarts(),
          ComparisonText.millis(starts.medianInitMs()),
          starts.importsPerStart());
      out.printf(
          "Next: trace its other code as another --deployment, then %s%n"
              + "      or both in one: frostline trace --against REF -- COMMAND%n",
          store.command(List.of("explain", name)));
    }
    out.flush();
  }

  private static String folderName() {
    Path folder = HERE.getFileName();
    return folder == null ? "program" : folder.toString();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
