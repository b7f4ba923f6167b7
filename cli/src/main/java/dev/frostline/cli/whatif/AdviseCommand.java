package dev.frostline.cli.whatif;

import dev.frostline.cli.advice.Advice;
import dev.frostline.cli.advice.Experiment;
import dev.frostline.cli.advice.Search;
import dev.frostline.cli.advice.StartSearch;
import dev.frostline.cli.advice.Trial;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Folders;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.Progress;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.output.WholeFile;
import dev.frostline.cli.program.Bench;
import dev.frostline.cli.program.Change;
import dev.frostline.cli.program.PythonBench;
import dev.frostline.cli.store.FunctionOption;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.store.NamedQuery;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import picocli.CommandLine.Spec;

/** What to change so that a program starts faster, each change proved by running it so. */
@Command(
    name = "advise",
    mixinStandardHelpOptions = true,
    description = {
      "Looks for imports that a Python program need not run before its first event, and for ways "
          + "to start a Java or Node.js program, tries each in turns with the program as it is, and "
          + "prints those that proved to help, with a patch or the steps to take.",
      "Advice never changes what the program prints, answers or exits with, for the events "
          + "that were played. With --function the store tells what it saves a month; without a "
          + "program, what could be tried. Exit 0."
    },
    footer = {
      "",
      "Example: frostline advise -- python3 app.py",
      "         frostline advise -f checkout-api            candidates from the store",
      "         frostline advise --handler app.handler --events events.json --patch faster.diff",
      "         frostline advise -- java -jar app.jar",
      "         frostline advise --handler app.handler --events events.json -- node"
    })
public final class AdviseCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin StoreOption store = new StoreOption();
  @Mixin FunctionOption function = new FunctionOption();
  @Mixin ProgramOption program = new ProgramOption();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "Time to search, e.g. 90s or 5m (default: ${DEFAULT-VALUE}).")
  String budget = "2m";

  @Option(
      names = "--patch",
      paramLabel = "FILE",
      description = "Also writes everything that is proposed as one patch, for git apply.")
  @Nullable Path patch;

  @Option(
      names = "--promise",
      description =
          "Records what is proposed as promised for --function; frostline promises then shows "
              + "what the next deployment delivers.")
  boolean promise;

  @Override
  public Integer call() {
    if (promise && function.name == null) {
      throw new Failure(Failure.USAGE, "--promise is for a function of the store: --function NAME");
    }
    Duration time = duration(budget);
    if (function.name != null && program.isAbsent()) {
      printCandidates();
      return 0;
    }
    StartRate rate = function.name == null ? null : StartRate.of(function, store.file);
    try {
      Path folder = Files.createTempDirectory("frostline-advise");
      try {
        Advice advice = searched(program.bench(folder), time);
        print(advice, rate);
        if (patch != null) {
          write(patch, advice);
        }
        if (promise) {
          promise(advice);
        }
        return 0;
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot search: " + e.getMessage());
    }
  }

  private static void write(Path patch, Advice advice) {
    try {
      WholeFile.write(patch, advice.diffBytes());
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT, "Cannot write the patch " + patch + ": " + Failure.whyNotWritten(e));
    }
  }

  private void promise(Advice advice) {
    Trial proposed = advice.proposed();
    try {
      String done =
          proposed == null
              ? "Nothing is promised, since nothing is proposed"
              : PromisesCommand.added(
                  TakenAdvice.of(proposed),
                  function,
                  store,
                  null,
                  System.getProperty("user.name", ""),
                  Clock.systemUTC());
      spec.commandLine().getErr().println(SafeText.of(done));
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot write the promise: " + e.getMessage());
    }
  }

  private Advice searched(Bench bench, Duration time) throws IOException {
    if (patch != null && bench.language() != Change.Language.PYTHON) {
      throw new Failure(
          Failure.USAGE,
          "--patch is for Python: what helps a "
              + bench.language().word()
              + " program is no patch");
    }
    try (Progress progress = new Progress("runs")) {
      Instant began = Instant.now();
      Experiment experiment = new Experiment(bench, Change.NONE, one -> progress.done(1));
      Duration left = time.minus(Duration.between(began, Instant.now()));
      return bench instanceof PythonBench python
          ? new Search(python, experiment, left).advice()
          : new StartSearch(bench, experiment, left).advice();
    }
  }

  /** Without the program nothing can be proved: what the store's traces leave possible. */
  private void printCandidates() {
    PrintWriter out = spec.commandLine().getOut();
    Grid candidates = function.ask("advice_candidates").run(store.file);
    candidates.print(output.format, out);
    if (output.format == OutputFormat.TABLE) {
      out.println(
          "Candidates, not advice: nothing was tried. Each could save that much at most; give the"
              + " program behind -- to have them proved.");
      unused().forEach(out::println);
    }
    out.flush();
  }

  /** Imports that ran no code in any environment that told of it, what costs most first. */
  private List<String> unused() {
    Map<String, List<String>> told = new LinkedHashMap<>();
    try (Store opened = Store.openReadOnly(store.file)) {
      NamedQuery.of("unused_imports")
          .with("function", function.name)
          .with("account", function.where.account)
          .with("region", function.where.region)
          .rows(opened.connection(), UnusedImport::of)
          .stream()
          .filter(UnusedImport::isWorthTelling)
          .forEach(
              one -> told.computeIfAbsent(one.since(), key -> new ArrayList<>()).add(one.words()));
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot tell what was used: " + e.getMessage());
    }
    return told.entrySet().stream()
        .map(one -> SafeText.of(one.getKey() + String.join(", ", one.getValue())))
        .toList();
  }

  private void print(Advice advice, @Nullable StartRate rate) {
    PrintWriter out = spec.commandLine().getOut();
    AdviceOutput texts = new AdviceOutput(advice, rate);
    switch (output.format) {
      case JSON -> texts.printJson(out);
      case OFF -> {}
      case CSV, MARKDOWN -> texts.grid().print(output.format, out);
      case TABLE -> texts.printTable(out);
    }
    out.flush();
  }

  private static Duration duration(String text) {
    if (!text.matches("[1-9]\\d{0,5}[sm]")) {
      throw new Failure(Failure.USAGE, "--budget is a time like 90s or 5m, not " + text);
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
  }
}
