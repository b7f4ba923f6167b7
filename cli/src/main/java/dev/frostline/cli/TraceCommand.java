package dev.frostline.cli;

import dev.frostline.cli.layer.LocalProgram;
import dev.frostline.cli.layer.UnpackedLayer;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
      "Starts a local program several times under the layer and stores the starts as a",
      "deployment, so that explain and gate can judge a change before it ships. Python,",
      "Java, Node.js and .NET; all of its starts are stored, or none."
    },
    footer = {
      "",
      "Example: frostline trace -f checkout-api --deployment pr-812 -- python3 app.py",
      "         frostline gate -f checkout-api --baseline main --candidate pr-812"
    })
final class TraceCommand implements Callable<Integer> {
  private static final int COMMAND_NOT_FOUND = 127;
  private static final int LAST_LINES = 10;
  private static final String OURS =
      "(import|java|node|dotnet) time: .*|FROSTLINE .*|.*/importtime_wrapper: line .*";

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments, behind --. It has to end by itself.")
  List<String> command = List.of();

  @Option(
      names = {"-f", "--function"},
      description = "What to call the program (default: this folder's name).")
  @Nullable String function;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = "What to call its code, e.g. a git hash (default: the time).")
  @Nullable String deployment;

  @Option(
      names = "--runs",
      defaultValue = "20",
      description = "Starts to store (default: ${DEFAULT-VALUE}).")
  int runs = 20;

  @Option(
      names = "--warmup",
      paramLabel = "RUNS",
      defaultValue = "1",
      description = "Starts before them that are not stored (default: ${DEFAULT-VALUE}).")
  int warmup = 1;

  @Option(
      names = "--timeout-s",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest that one start may run (default: ${DEFAULT-VALUE}).")
  long timeoutSeconds = 60;

  @Override
  public Integer call() {
    if (runs < 1 || warmup < 0 || timeoutSeconds < 1) {
      throw new Failure(Failure.USAGE, "--runs and --timeout-s start at 1, --warmup at 0");
    }
    String name = function == null ? folderName() : function;
    String code = deployment == null ? now() : deployment;
    TracedStarts starts = new TracedStarts(name);
    run(code, starts);
    if (!starts.hasImports()) {
      throw new Failure(
          Failure.COULD_NOT,
          spelled()
              + " logged no import timings: nothing was stored. The command has to begin with the"
              + " interpreter itself (python3, java, node or dotnet), not with a script around it");
    }
    try (Store opened = Store.open(store.file);
        Ingestion ingestion = opened.ingest("trace", name + " " + code)) {
      print(name, code, starts, starts.storeIn(ingestion));
    }
    return 0;
  }

  private void run(String code, TracedStarts starts) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Path folder = Files.createTempDirectory("frostline-trace");
      try (Progress progress = new Progress("runs")) {
        progress.expect(warmup + runs);
        Path wrapper = UnpackedLayer.wrapperIn(folder.resolve("opt"));
        LocalProgram program = new LocalProgram(command, wrapper, code);
        for (int made = 1; made <= warmup + runs; made++) {
          Path log = folder.resolve("stderr");
          check(program.run(log, timeoutSeconds), log, err);
          if (made > warmup) {
            starts.add(log);
          }
          progress.done(1);
        }
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot trace " + spelled() + ": " + e.getMessage() + ". It needs bash");
    }
  }

  private void check(OptionalInt exit, Path log, PrintWriter err) throws IOException {
    if (exit.isPresent() && exit.getAsInt() == 0) {
      return;
    }
    List<String> said = Files.readString(log).lines().filter(line -> !line.matches(OURS)).toList();
    said.subList(Math.max(0, said.size() - LAST_LINES), said.size())
        .forEach(line -> err.println("  | " + SafeText.of(line)));
    if (exit.isEmpty()) {
      throw new Failure(
          Failure.COULD_NOT,
          spelled()
              + " was still running after "
              + timeoutSeconds
              + " s: nothing was stored. Trace what ends by itself, or give it more --timeout-s");
    }
    throw new Failure(
        Failure.COULD_NOT,
        exit.getAsInt() == COMMAND_NOT_FOUND
            ? "Cannot run " + spelled() + ": there is no such command"
            : spelled() + " ended with exit code " + exit.getAsInt() + ": nothing was stored");
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
          "Next: trace its other code as another --deployment, then %s%n",
          store.command(List.of("explain", name)));
    }
    out.flush();
  }

  private String spelled() {
    return String.join(" ", command);
  }

  private static String folderName() {
    Path folder = Path.of("").toAbsolutePath().getFileName();
    return folder == null ? "program" : folder.toString();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
