package dev.frostline.cli.ingest;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.store.PlaceOption;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WritesStore;
import dev.frostline.lake.Compaction;
import dev.frostline.lake.Place;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the store's days as Parquet. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = "Writes the store as a lake: one zstd Parquet file for each table and day.",
    footer = {
      "",
      "PLACE/cold_start/dt=2026-09-19/data.parquet and PLACE/import_timing/dt=… are what Athena,"
          + " Trino, Spark and DuckDB read as it is. Only days that changed are written; a day"
          + " written again has the same bytes.",
      "",
      "Example: frostline compact --lake s3://frostline-123456789012-eu-west-1/lake"
    })
public final class CompactCommand implements Callable<Integer>, WritesStore {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlaceOption places = new PlaceOption();

  @Option(
      names = "--lake",
      required = true,
      paramLabel = "PLACE",
      description = "s3://BUCKET/PREFIX or a folder.")
  String lake = ".";

  @Option(names = "--all", description = "Also writes the days that did not change.")
  boolean all;

  @Override
  public Integer call() {
    try (Place place = places.open(lake);
        Store opened = Store.open(store.file)) {
      print(new Compaction(opened, place).run(all, Instant.MAX));
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot write the lake: " + e.getMessage() + ". Days written so far stay; run it again.");
    }
    return 0;
  }

  private void print(Compaction.Summary summary) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.format == OutputFormat.JSON) {
      Map<String, Object> answer = JsonOutput.answer();
      answer.put("days_written", summary.written());
      answer.put("days_lost", summary.lost());
      answer.put("days_removed", summary.removed());
      JsonOutput.print(out, answer);
    } else if (output.format != OutputFormat.OFF) {
      out.printf(
          "  days         %,d written · %,d removed%n", summary.written(), summary.removed());
      if (summary.lost() > 0) {
        out.printf(
            "  lost         %,d of them were written before, and their files were gone%n",
            summary.lost());
      }
    }
    out.flush();
  }
}
