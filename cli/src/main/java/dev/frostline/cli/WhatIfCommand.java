package dev.frostline.cli;

import dev.frostline.cli.advice.Change;
import dev.frostline.cli.advice.Experiment;
import dev.frostline.cli.advice.PythonCommand;
import dev.frostline.cli.advice.Trial;
import dev.frostline.cli.advice.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
      "Runs a Python program as it is and with one change, in turns under the layer, and tells what"
          + " the change does to init, to the first event that needs what was deferred, and to"
          + " what the program prints and answers.",
      "No file is changed. Exit 0, or 1 where the program behaves otherwise."
    },
    footer = {
      "",
      "Example: frostline what-if --defer pandas -- python3 app.py",
      "         frostline what-if --defer pandas --handler app.handler --events events.json"
    })
final class WhatIfCommand implements Callable<Integer> {
  private static final int FEWEST = 8;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin ProgramOption program = new ProgramOption();

  @Option(
      names = "--defer",
      paramLabel = "MODULE",
      split = ",",
      description = "Imports it where it is used, and not where a module begins.")
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
      names = "--runs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Runs of each side, 8 at least (default: ${DEFAULT-VALUE}).")
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
        return tried(program.program(folder), change, folder);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot try it: " + e.getMessage());
    }
  }

  private int tried(PythonCommand command, Change change, Path folder) throws IOException {
    Workbench bench = new Workbench(command, folder, program.timeoutSeconds);
    try (Progress progress = new Progress("runs")) {
      progress.expect(2L * runs);
      Experiment experiment = new Experiment(bench, change.before(), one -> progress.done(1));
      if (command.handler() == null) {
        experiment.checkPlain(bench.runPlain());
      }
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
      changes.add(new Change(Change.Kind.DROP, drop));
    }
    if (pyc) {
      changes.add(new Change(Change.Kind.PYC, List.of()));
    }
    if (optimize) {
      changes.add(new Change(Change.Kind.OPTIMIZE, List.of()));
    }
    if (changes.size() != 1) {
      throw new Failure(
          Failure.USAGE, "Give one change: --defer, --drop, --pyc or --pythonoptimize");
    }
    return changes.get(0);
  }
}
