package dev.frostline.cli.ingest;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WritesStore;
import dev.frostline.lake.LakePruning;
import dev.frostline.lake.Place;
import dev.frostline.policy.Retention;
import dev.frostline.store.Pruning;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Thins out the days that are older than the retention says. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = "Thins out old days: a sample of each keeps its import timings.",
    footer = {
      "",
      "Cold starts stay with all their times, and so do findings. [retention] of frostline.toml"
          + " says",
      "what applies without options: raw-days = 90, daily-starts = 30. Events of log streams that"
          + " were",
      "thinned out are not taken in again: they are counted as rejected.",
      "",
      "Example: frostline prune --raw-days 90 --dry-run"
    })
public final class PruneCommand implements Callable<Integer>, WritesStore {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--raw-days",
      paramLabel = "DAYS",
      description = "How many days stay as they were delivered; 7 or more.")
  @Nullable Integer rawDays;

  @Option(
      names = "--daily-starts",
      paramLabel = "COUNT",
      description =
          "Cold starts of each day, deployment and configuration that keep their import timings; 5"
              + " or more (default: 30).")
  @Nullable Integer dailyStarts;

  @Option(
      names = "--dry-run",
      description = "Shows what would go and what that frees, and changes nothing.")
  boolean dryRun;

  Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    Retention retention = retention();
    LocalDate before = LocalDate.now(clock).minusDays(retention.rawDays());
    String lake = store.lake();
    if (lake != null) {
      print(before, pruned(lake, before, retention));
      return 0;
    }
    try (Store opened = dryRun ? Store.openReadOnly(store.file) : Store.open(existing())) {
      Pruning pruning = new Pruning(opened);
      print(
          before,
          dryRun
              ? pruning.plan(before, retention.dailyStarts())
              : pruning.prune(before, retention.dailyStarts()));
    }
    return 0;
  }

  private Pruning.Summary pruned(String lake, LocalDate before, Retention retention) {
    try (Place place = Place.at(lake, null)) {
      LakePruning pruning = new LakePruning(place, before, retention);
      return dryRun ? pruning.plan() : pruning.prune(Instant.MAX);
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot prune the lake: " + e.getMessage());
    }
  }

  @Override
  public boolean writesLake() {
    return true;
  }

  private Retention retention() {
    Retention set = ConfigOptions.settings(spec).policy().retention();
    Integer days = rawDays != null ? rawDays : set == null ? null : (Integer) set.rawDays();
    if (days == null) {
      throw new Failure(
          Failure.USAGE,
          "Everything is kept: nothing says for how long. Name it with --raw-days 90, or write"
              + " [retention] raw-days = 90 into frostline.toml.");
    }
    int starts =
        dailyStarts != null
            ? dailyStarts
            : set == null ? Retention.DAILY_STARTS : set.dailyStarts();
    try {
      return new Retention(days, starts);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, "--" + e.getMessage() + ".");
    }
  }

  /** A store that is not there is not made. */
  private java.nio.file.Path existing() {
    Store.openReadOnly(store.file).close();
    return store.file;
  }

  private void print(LocalDate before, Pruning.Summary summary) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.format == OutputFormat.JSON) {
      Map<String, Object> answer = JsonOutput.answer();
      answer.put("before", before.toString());
      answer.put("dry_run", dryRun);
      answer.put("days", summary.days());
      answer.put("cold_starts", summary.coldStarts());
      answer.put("import_timings", summary.importTimings());
      answer.put("log_streams", summary.logStreams());
      answer.put("bytes", summary.bytes());
      JsonOutput.print(out, answer);
    } else if (output.format != OutputFormat.OFF) {
      out.printf("  before       %s (UTC)%n", before);
      if (summary.isEmpty()) {
        out.println("  nothing to prune");
      } else {
        out.printf("  days         %,d%n", summary.days());
        out.printf(
            "  imports      %,d timings of %,d cold starts%n",
            summary.importTimings(), summary.coldStarts());
        out.printf("  events       of %,d log streams%n", summary.logStreams());
        out.printf(
            "  %s %.1f MB%s%n",
            dryRun ? "would free  " : "freed about ",
            summary.bytes() / 1e6,
            store.isLake() ? ", a day after nobody reads it" : ", which the store fills again");
      }
    }
    out.flush();
  }
}
