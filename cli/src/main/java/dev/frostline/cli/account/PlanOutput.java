package dev.frostline.cli.account;

import dev.frostline.account.Outcome;
import dev.frostline.account.PlanFile;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Saves plans, and tells what became of them when they are applied. */
final class PlanOutput implements Consumer<Outcome> {
  private final List<Outcome> outcomes = new ArrayList<>();
  private final OutputFormat format;
  private final PrintWriter out;

  PlanOutput(OutputFormat format, PrintWriter out) {
    this.format = format;
    this.out = out;
  }

  static void save(Path file, Object plan) {
    try {
      PlanFile.write(file, plan);
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT, "Cannot write the plan " + file + ": " + Failure.whyNotWritten(e));
    }
  }

  /** Says what can be done with a plan that was saved. */
  static void tellNext(PrintWriter out, String command, Path file) {
    out.println("Apply exactly this:  frostline " + command + " apply " + file);
    out.println("Undo:                frostline " + command + " remove --plan " + file);
  }

  @Override
  public void accept(Outcome outcome) {
    outcomes.add(outcome);
    if (format == OutputFormat.TABLE) {
      out.println(
          "  "
              + (outcome.result().isFine() ? "✓ " : "✗ ")
              + SafeText.of(outcome.subject() + "  " + outcome.message()));
      out.flush();
    }
  }

  /** Prints the sum and returns the exit code: 4 when something was not done. */
  int end() {
    long failed = outcomes.stream().filter(one -> !one.result().isFine()).count();
    if (format == OutputFormat.TABLE) {
      out.println(outcomes.size() - failed + " done, " + failed + " not done");
    } else {
      Grid grid = new Grid(List.of("subject", "result", "message"));
      for (Outcome one : outcomes) {
        grid.add(
            List.of(one.subject(), one.result().name().toLowerCase(Locale.ROOT), one.message()));
      }
      grid.print(format, out);
    }
    out.flush();
    return failed == 0 ? 0 : Failure.COULD_NOT;
  }
}
