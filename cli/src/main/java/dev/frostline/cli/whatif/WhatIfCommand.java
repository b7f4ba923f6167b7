package dev.frostline.cli.whatif;

import dev.frostline.cli.advice.Experiment;
import dev.frostline.cli.advice.Trial;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Folders;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.Progress;
import dev.frostline.cli.program.Bench;
import dev.frostline.cli.program.Change;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What one change would do to a program, before anyone writes it. */
@Command(
    name = "what-if",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a Python, Java or Node.js program as it is and with one change, in turns under the"
          + " layer, and tells what the change does to init, to the first event, and to what the"
          + " program prints and answers.",
      "No file is changed. Exits with 1 when the program behaves differently, else with 0."
    },
    footer = {
      "",
      "Example: frostline what-if --defer pandas -- python3 app.py",
      "         frostline what-if --defer pandas --handler app.handler --events events.json",
      "         frostline what-if --appcds -- java -jar app.jar",
      "         frostline what-if --bundle --handler app.handler --events events.json -- node",
      "         frostline what-if --appcds --handler shop.Handler --events events.json -- java -cp"
          + " app.jar",
      "",
      "Init of a program without events is all of it, from its start to its end."
    })
public final class WhatIfCommand implements Callable<Integer> {
  private static final int FEWEST = 8;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin ProgramOption program = new ProgramOption();

  @Option(
      names = "--defer",
      paramLabel = "MODULE",
      split = ",",
      description = "Imports it where it is used instead of at the top of a module.")
  List<String> defer = new ArrayList<>();

  @Option(
      names = "--drop",
      paramLabel = "MODULE",
      split = ",",
      description = "Leaves its imports out, as if it were not installed.")
  List<String> drop = new ArrayList<>();

  @Option(
      names = "--pyc",
      description = "Starts it with compiled files, against a start without any.")
  boolean pyc;

  @Option(names = "--pythonoptimize", description = "Starts it with PYTHONOPTIMIZE=1.")
  boolean optimize;

  @Option(
      names = "--appcds",
      description = "Java: with an AppCDS archive of the classes that a run of it loads.")
  boolean appcds;

  @Option(
      names = "--aot-cache",
      description = "Java 25 and newer: with an AOT cache of a run of it.")
  boolean aotCache;

  @Option(
      names = "--tiered-stop-at-level-1",
      description = "Java: starts it with -XX:TieredStopAtLevel=1.")
  boolean tiered;

  @Option(
      names = "--compile-cache",
      description = "Node.js 22.1 and newer: with the compile cache that a run of it fills.")
  boolean compileCache;

  @Option(names = "--bundle", description = "Node.js: as one file, by esbuild.")
  boolean bundle;

  @Option(
      names = "--classlist",
      paramLabel = "FILE",
      description =
          "A list from production, of frostline export --format classlist. Java: with an AppCDS"
              + " archive of its classes. Node.js: with a compile cache of its files.")
  @Nullable Path classList;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Runs of each side, at least 8 (default: ${DEFAULT-VALUE}).")
  int runs = 20;

  @Override
  public Integer call() {
    Change change = change();
    if (runs < FEWEST) {
      throw new Failure(Failure.USAGE, "--runs starts at " + FEWEST);
    }
    try {
      Path folder = Files.createTempDirectory("frostline-what-if");
      try {
        return tried(program.bench(folder), change);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot try it: " + e.getMessage());
    }
  }

  private int tried(Bench bench, Change change) throws IOException {
    if (!change.kind().isFor(bench.language())) {
      throw new Failure(
          Failure.USAGE,
          "That is no change of a " + bench.language().word() + " program: see --help");
    }
    try (Progress progress = new Progress("runs")) {
      progress.expect(2L * runs);
      Experiment experiment = new Experiment(bench, change.before(), one -> progress.done(1));
      Trial trial = experiment.begin(change);
      if (trial.variant().diff().isEmpty()
          && trial.variant().stays().isEmpty()
          && !modules().isEmpty()) {
        throw new Failure(
            Failure.USAGE,
            "Nothing of the program imports "
                + String.join(", ", modules())
                + " at the top of a file");
      }
      if (trial.outcome() != Trial.Outcome.BREAKS) {
        experiment.inTurns(List.of(trial), () -> trial.runs() < runs);
      }
      print(trial, experiment.notCompared());
      return trial.outcome() == Trial.Outcome.BREAKS ? Failure.JUDGED : 0;
    }
  }

  private void print(Trial trial, List<String> notCompared) {
    PrintWriter out = spec.commandLine().getOut();
    switch (output.format) {
      case JSON -> JsonOutput.print(out, TrialJson.answer(trial, notCompared));
      case OFF -> {}
      case TABLE, CSV, MARKDOWN -> new TrialText(trial, notCompared).print(out);
    }
    out.flush();
  }

  private List<String> modules() {
    return defer.isEmpty() ? drop : defer;
  }

  private Change change() {
    List<Change> changes = new ArrayList<>();
    if (!defer.isEmpty()) {
      changes.add(Change.defer(defer));
    }
    if (!drop.isEmpty()) {
      changes.add(Change.of(Change.Kind.DROP, drop));
    }
    if (classList != null) {
      changes.add(Change.classList(listed(classList)));
    }
    Map<Change.Kind, Boolean> others =
        Map.of(
            Change.Kind.PYC, pyc,
            Change.Kind.OPTIMIZE, optimize,
            Change.Kind.APPCDS, appcds,
            Change.Kind.AOT_CACHE, aotCache,
            Change.Kind.TIERED, tiered,
            Change.Kind.COMPILE_CACHE, compileCache,
            Change.Kind.BUNDLE, bundle);
    others.forEach(
        (kind, isAsked) -> {
          if (isAsked) {
            changes.add(Change.of(kind));
          }
        });
    if (changes.size() != 1) {
      throw new Failure(
          Failure.USAGE, "Give one change, like --defer MODULE or --appcds: see --help");
    }
    return changes.get(0);
  }

  private static List<String> listed(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty()) {
        throw new Failure(Failure.USAGE, file + " lists nothing");
      }
      return lines;
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read the list: " + e.getMessage());
    }
  }
}
