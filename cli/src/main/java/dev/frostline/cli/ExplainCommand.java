package dev.frostline.cli;

import dev.frostline.store.Store;
import dev.frostline.verdict.Comparison;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.Regressions;
import dev.frostline.verdict.Suspect;
import dev.frostline.verdict.Thresholds;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One comparison down to the import. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Explains what changed between two deployments of a function, down to the import.",
    footer = {"", "Example: frostline explain checkout-api 41..42"})
final class ExplainCommand implements Callable<Integer> {
  private static final int SUSPECTS_SHOWN = 12;
  private static final int BAR = 24;
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "FUNCTION", description = "Function name.")
  String function = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "A..B",
      description = "Two deployments (default: the newest and the one before).")
  @Nullable String range;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Comparison comparison = comparison();
    if (output.format == OutputFormat.JSON) {
      Map<String, Object> answer = JsonOutput.answer();
      ComparisonJson.of(comparison)
          .forEach(
              (key, value) -> {
                if (value != null) {
                  answer.put(key, value);
                }
              });
      JsonOutput.print(out, answer);
    } else if (output.format != OutputFormat.OFF) {
      print(comparison, out);
    }
    out.flush();
    return 0;
  }

  private Comparison comparison() {
    Regressions regressions = new Regressions(Thresholds.DEFAULT);
    try (Store opened = Store.openReadOnly(store.file)) {
      if (range == null) {
        List<Comparison> all =
            regressions.compare(opened.connection(), new Query(function, null, null, true));
        if (all.isEmpty()) {
          throw new Failure(
              Failure.CANNOT_JUDGE,
              function
                  + " has no two deployments with cold starts that count. See frostline functions");
        }
        return all.get(all.size() - 1);
      }
      DeploymentRange between = DeploymentRange.parse(range);
      return regressions.explain(opened.connection(), function, between.before(), between.after());
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot compare deployments: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.CANNOT_JUDGE, e.getMessage() + ". See frostline sql deployments");
    }
  }

  private static void print(Comparison comparison, PrintWriter out) {
    out.printf(
        "%s  %s → %s   %s%n",
        SafeText.of(comparison.function()),
        SafeText.of(comparison.before().deployment()),
        SafeText.of(comparison.after().deployment()),
        comparison.verdict().word().replace('_', ' ').toUpperCase(Locale.ROOT));
    out.printf(
        "init median  %s   n = %d → %d on %d and %d days%n",
        ComparisonText.init(comparison.before(), comparison.after()),
        comparison.before().starts(),
        comparison.after().starts(),
        comparison.before().days(),
        comparison.after().days());
    out.printf("change       %s%s%n", ComparisonText.change(comparison), interval(comparison));
    out.printf(
        "effect floor %s · noise ±%.1f %% of init%s%n",
        ComparisonText.millis(comparison.floorMs()),
        comparison.noise().rawPct(),
        normalised(comparison));
    out.println();
    printSuspects(comparison, out);
    if (!comparison.notes().isEmpty()) {
      out.println();
    }
    for (String note : comparison.notes()) {
      out.println(" · " + SafeText.of(note));
    }
  }

  private static String interval(Comparison comparison) {
    double low = comparison.changeMs().low();
    if (!Double.isFinite(low)) {
      return "";
    }
    return String.format(
        "   99 %% interval %s to %s, host speed removed   q %s",
        ComparisonText.signed(low),
        ComparisonText.signed(comparison.changeMs().high()),
        chance(comparison.q()));
  }

  private static String chance(double q) {
    if (!Double.isFinite(q)) {
      return "–";
    }
    return q < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", q);
  }

  private static String normalised(Comparison comparison) {
    double percent = comparison.noise().normalisedPct();
    return Double.isFinite(percent)
        ? String.format(Locale.ROOT, ", ±%.1f %% with host speed removed", percent)
        : "";
  }

  private static void printSuspects(Comparison comparison, PrintWriter out) {
    if (comparison.suspects().isEmpty()) {
      return;
    }
    double most = 0;
    for (Suspect suspect : comparison.suspects()) {
      most = Math.max(most, Math.abs(suspect.cumulativeChangeMs()));
    }
    out.printf(" %-44s %11s %11s%n", "SUSPECTS", "SELF Δ", "WITH ALL Δ");
    int shown = Math.min(SUSPECTS_SHOWN, comparison.suspects().size());
    for (Suspect suspect : comparison.suspects().subList(0, shown)) {
      int bar =
          (int) Math.round(BAR * Math.abs(suspect.cumulativeChangeMs()) / Math.max(most, 1e-9));
      out.printf(
          " %-44s %11s %11s  %s%n",
          SafeText.of(suspect.name()) + "  " + suspect.change().word(),
          ComparisonText.signed(suspect.selfChangeMs()),
          ComparisonText.signed(suspect.cumulativeChangeMs()),
          "█".repeat(bar));
      if (!suspect.chain().isEmpty()) {
        out.println("   imported by " + SafeText.of(String.join(" → ", suspect.chain())));
      }
    }
    if (comparison.suspects().size() > shown) {
      out.printf(" … %d more (-o json lists all)%n", comparison.suspects().size() - shown);
    }
    out.printf(
        " %-44s %11s %11s%n",
        "not explained by any of them", "", ComparisonText.signed(comparison.unexplainedMs()));
  }
}
