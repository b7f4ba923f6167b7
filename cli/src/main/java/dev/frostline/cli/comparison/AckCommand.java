package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.DeploymentRange;
import dev.frostline.cli.store.FunctionLookup;
import dev.frostline.cli.store.PlaceOption;
import dev.frostline.cli.store.ReadyQuery;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WhereOption;
import dev.frostline.lake.AcceptedBeside;
import dev.frostline.lake.Place;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accepts a finding for a time. */
@Command(
    name = "ack",
    mixinStandardHelpOptions = true,
    description =
        "Accepts a finding until a given day. Until then, regressions and the report "
            + "list it separately and the gate passes it; after that day it counts again.",
    footer = {
      "",
      "Example: frostline ack checkout-api 41..42 --reason \"pandas is wanted\" --until 2026-12-31",
      "         frostline ack checkout-api 41..42 --reason \"…\" --until 2026-12-31 --db"
          + " s3://BUCKET/lake",
      "         frostline ack --list",
      "         frostline ack checkout-api 41..42 --remove"
    })
public final class AckCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin WhereOption where = new WhereOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FUNCTION", description = "Function name.")
  @Nullable String function;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "A..B",
      description = "The two deployments of the finding.")
  @Nullable String range;

  @Option(names = "--reason", paramLabel = "WORDS", description = "Why it is accepted.")
  @Nullable String reason;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "Last day (UTC) on which the acceptance holds, e.g. 2026-12-31.")
  @Nullable String until;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${user.name}",
      description = "Who accepts it (default: your user name).")
  String by = "";

  @Option(
      names = "--lake",
      paramLabel = "LAKE",
      description =
          "Where STORE is a file: the lake, s3://BUCKET/lake or a folder as in compact, whose"
              + " readers and weekly report honour it too. It is kept in acknowledgements/, beside"
              + " the lake.")
  @Nullable String lake;

  @Mixin PlaceOption places = new PlaceOption();

  @Option(names = "--list", description = "Lists what is accepted.")
  boolean list;

  @Option(names = "--remove", description = "Withdraws the acceptance.")
  boolean remove;

  Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      ReadyQuery.named("acknowledgements")
          .with("function", function)
          .with("account", where.account)
          .with("region", where.region)
          .run(store.file)
          .print(output.format, out);
      return 0;
    }
    if (function == null || range == null) {
      throw new Failure(
          Failure.USAGE, "Say which finding: frostline ack FUNCTION A..B, or --list them.");
    }
    DeploymentRange between = DeploymentRange.parse(range);
    if (remove) {
      remove(function, between);
    } else {
      add(function, between);
    }
    return 0;
  }

  private void add(String name, DeploymentRange between) {
    if (reason == null || reason.isBlank() || until == null) {
      throw new Failure(Failure.USAGE, "Say why and how long: --reason \"…\" --until 2026-12-31.");
    }
    LocalDate last = lastDay(until);
    try (Store opened = Store.open(existing())) {
      Query query = FunctionLookup.of(opened.connection(), where, name).query();
      Comparison found = finding(opened.connection(), query, between);
      Acknowledgement given =
          new Acknowledgement(
              found.account(),
              found.region(),
              name,
              between.before(),
              between.after(),
              reason,
              by,
              clock.instant(),
              last);
      beside(accepted -> accepted.add(given));
      new Acknowledgements(opened.connection()).add(given);
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot write it down: " + e.getMessage());
    }
    print("Accepted " + name + " " + between + " until " + last);
  }

  private void remove(String name, DeploymentRange between) {
    try (Store opened = Store.open(existing())) {
      FunctionId id = FunctionLookup.of(opened.connection(), where, name).function();
      beside(accepted -> accepted.remove(id.account(), id.region(), name, between.after()));
      if (!new Acknowledgements(opened.connection())
          .remove(id.account(), id.region(), name, between.before(), between.after())) {
        throw new Failure(
            Failure.USAGE,
            "Nothing was accepted for " + name + " " + between + ". See frostline ack --list");
      }
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot take it back: " + e.getMessage());
    }
    print("No longer accepted: " + name + " " + between);
  }

  /** Beside the lake first: what cannot be written there is not accepted here either. */
  private void beside(Change change) {
    String read = lake == null ? store.lake() : lake;
    if (read == null) {
      return;
    }
    try (Place place = places.open(Place.above(read))) {
      change.to(new AcceptedBeside(place));
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot write to "
              + e.getMessage()
              + ". Check the name, the credentials and s3:PutObject on it.");
    }
  }

  private interface Change {
    void to(AcceptedBeside accepted) throws IOException;
  }

  /** A finding that is not there cannot be accepted: most likely a name is wrong. */
  private static Comparison finding(Connection connection, Query query, DeploymentRange between) {
    try {
      return new Judge(Thresholds.DEFAULT)
          .explain(new StoredHistories(connection), query, between.before(), between.after());
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, e.getMessage() + ". See frostline regressions");
    }
  }

  private LocalDate lastDay(String text) {
    try {
      return Acknowledgement.lastDay(text, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, "--until: " + e.getMessage());
    }
  }

  /** Opening to write would make a store where there is none. */
  private Path existing() {
    Store.openReadOnly(store.file).close();
    return store.file;
  }

  private void print(String done) {
    if (output.format != OutputFormat.OFF) {
      spec.commandLine().getOut().println(SafeText.of(done));
    }
  }
}
