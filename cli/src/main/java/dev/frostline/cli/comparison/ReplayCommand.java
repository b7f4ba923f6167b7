package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.PlaceOption;
import dev.frostline.lake.Place;
import dev.frostline.lake.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lands batches that the ingest function failed to take. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Lands the batches that the ingest function could not take. Landing them "
            + "again changes nothing.",
    footer = {
      "",
      "Reads the records of the function's on-failure destination, or bare events. They are left"
          + " where they are.",
      "",
      "Example: frostline replay s3://frostline-failures-123456789012 --landing"
          + " s3://frostline-123456789012"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlaceOption places = new PlaceOption();

  @Parameters(
      paramLabel = "PLACE",
      description = "s3://BUCKET/PREFIX or a folder with the records.")
  String failures = ".";

  @Option(
      names = "--landing",
      required = true,
      paramLabel = "PLACE",
      description = "Where to land them, as in FROSTLINE_LANDING.")
  String landing = ".";

  @Option(
      names = {"-r", "--region"},
      paramLabel = "REGION",
      defaultValue = "${AWS_REGION:-${AWS_DEFAULT_REGION:-unknown}}",
      description = "Region of events whose record names none (default: AWS_REGION).")
  @Nullable String region;

  @Override
  public Integer call() {
    Counts counts = new Counts();
    try (Place from = places.open(failures);
        Place to = places.open(landing)) {
      new Replay(from, to, region).run("", counts);
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read " + e.getMessage());
    }
    counts.print();
    return counts.failed > 0 ? Failure.COULD_NOT : 0;
  }

  private final class Counts implements Replay.Listener {
    private int records;
    private int landed;
    private int landedBefore;
    private int failed;

    @Override
    public void found(int found) {
      records = found;
    }

    @Override
    public void replayed(String key, Map<String, Object> answer) {
      if (Boolean.FALSE.equals(answer.get("new"))) {
        landedBefore++;
      } else {
        landed++;
      }
    }

    @Override
    public void failed(String key, String reason) {
      failed++;
      spec.commandLine().getErr().println("frostline: " + SafeText.of(key + ": " + reason));
    }

    private void print() {
      PrintWriter out = spec.commandLine().getOut();
      if (output.format == OutputFormat.JSON) {
        Map<String, Object> answer = JsonOutput.answer();
        answer.put("records", records);
        answer.put("landed", landed);
        answer.put("landed_before", landedBefore);
        answer.put("failed", failed);
        JsonOutput.print(out, answer);
      } else if (output.format != OutputFormat.OFF) {
        out.printf(
            "  records      %,d = %,d landed + %,d landed before + %,d failed%n",
            records, landed, landedBefore, failed);
      }
      out.flush();
    }
  }
}
