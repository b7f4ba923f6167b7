package dev.frostline.cli.whatif;

import dev.frostline.cli.advice.Difference;
import dev.frostline.cli.advice.Trial;
import dev.frostline.cli.comparison.ComparisonText;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.program.Variant;
import dev.frostline.verdict.statistics.Interval;
import java.io.PrintWriter;
import java.util.List;

/** What a change did, for a reader. */
record TrialText(Trial trial, List<String> notCompared) {
  void print(PrintWriter out) {
    out.println(SafeText.of(trial.variant().change().words() + ": " + conclusion()));
    if (trial.runs() > 0) {
      out.printf(
          "  init %s of %s CPU, %d pairs%n",
          interval(trial.initMs()), ComparisonText.millis(trial.beforeMs()), trial.runs());
    }
    use(out);
    steps(trial, out);
    for (Variant.Stay stay : trial.variant().stays()) {
      out.println(SafeText.of("  stays: " + stay.words()));
    }
    behaviour(out);
    if (!trial.variant().diff().isEmpty() && trial.outcome() != Trial.Outcome.BREAKS) {
      out.println();
      trial.variant().diff().lines().map(SafeText::of).forEach(out::println);
    }
  }

  /** What to do for a change that is no patch. */
  static void steps(Trial trial, PrintWriter out) {
    for (String step : trial.variant().steps()) {
      out.println(SafeText.of("  do: " + step));
    }
  }

  private String conclusion() {
    return switch (trial.outcome()) {
      case HELPS -> "helps";
      case MOVED -> "moves its cost into the first request, which always needs it";
      case NEEDED -> needed() + String.join(", ", trial.stillLoaded());
      case BREAKS -> "breaks the program";
      case NOTHING -> "no gain is shown";
    };
  }

  /** Its importers may be loaded all the same, and what is below it no more. */
  private String needed() {
    boolean isGain = trial.runs() > 0 && trial.initMs().high() < 0;
    return isGain ? "helps in part, init loads less but still needs " : "no gain, init needs ";
  }

  private void use(PrintWriter out) {
    if (trial.events() == 0) {
      return;
    }
    if (trial.variant().change().modules().isEmpty()) {
      if (trial.runs() > 0) {
        out.printf("  first of %d events %s%n", trial.events(), interval(trial.firstUseMs()));
      }
      return;
    }
    int needing = trial.usedIn().size();
    if (needing == 0) {
      out.printf("  none of %d events needs it%n", trial.events());
      return;
    }
    out.printf(
        "  %d of %d events need it: the first of an environment pays %s%n",
        needing, trial.events(), interval(trial.firstUseMs()));
  }

  private void behaviour(PrintWriter out) {
    for (Difference one : trial.differences()) {
      out.println("  another " + one.part() + ":");
      out.println(SafeText.of("    − " + one.before()));
      out.println(SafeText.of("    + " + one.after()));
    }
    if (!notCompared.isEmpty()) {
      out.println("  not compared, since it differs by itself: " + String.join(", ", notCompared));
    }
    if (trial.outcome() != Trial.Outcome.BREAKS) {
      out.println(
          notCompared.isEmpty()
              ? "  exit code, output and answers are equal"
              : "  the rest of exit code, output and answers is equal");
    }
  }

  /** {@code −216 ms [−221, −211]}. */
  static String interval(Interval interval) {
    return ComparisonText.signed(interval.estimate())
        + " ["
        + ComparisonText.signed(interval.low()).replace(" ms", "")
        + ", "
        + ComparisonText.signed(interval.high()).replace(" ms", "")
        + "]";
  }
}
