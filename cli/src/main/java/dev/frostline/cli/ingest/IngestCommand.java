package dev.frostline.cli.ingest;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.Progress;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WritesStore;
import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.timing.StreamId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes log files into the store: each file whole or not at all, every line counted. */
@Command(
    name = "ingest",
    description = "Reads logs into the store. Reading them again changes nothing.",
    footer = {
      "",
      "Reads plain text, gzip, zstd, bzip2 and zip, with: subscription batches; the event of a"
          + " subscribed Lambda function; Kinesis and Firehose records; the output of aws logs in"
          + " any form, of sam, sls and awslogs; tables copied from the console; Logs Insights;"
          + " files of an export task; and an interpreter's stderr, also after the prefixes of"
          + " docker, kubectl, journald and others.",
      "",
      "Example: frostline ingest exports/ --region eu-west-1"
    })
public final class IngestCommand implements Callable<Integer>, WritesStore {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Files, folders to read whole, or - for standard input. Without any, a store that an"
              + " older Frostline made is brought up to date.")
  List<Path> paths = List.of();

  @Option(
      names = {"-f", "--function"},
      paramLabel = "NAME",
      description = "Function of files that name none.")
  @Nullable String function;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Version of that function (default: $LATEST).")
  @Nullable String version;

  @Option(
      names = "--account",
      paramLabel = "ID",
      defaultValue = "unknown",
      description = "Account of files that name none.")
  String account = "unknown";

  @Option(
      names = {"-r", "--region"},
      paramLabel = "REGION",
      defaultValue = "${AWS_REGION:-${AWS_DEFAULT_REGION:-unknown}}",
      description = "Region of files that name none (default: AWS_REGION).")
  String region = "unknown";

  @Option(names = "--log-group", paramLabel = "NAME", description = "Log group of exported files.")
  @Nullable String logGroup;

  @Option(
      names = "--log-stream",
      paramLabel = "NAME",
      description = "Log stream of exported files.")
  @Nullable String logStream;

  @Option(names = "--strict", description = "Exit with 5 when any line was rejected.")
  boolean strict;

  private boolean isPlaceless;

  @Override
  public Integer call() {
    if (paths.isEmpty()) {
      return bringUpToDate();
    }
    IngestSummary summary = new IngestSummary();
    PrintWriter err = spec.commandLine().getErr();
    try (IngestInputs inputs = new IngestInputs(listener(summary, err))) {
      List<IngestInputs.Input> files = inputs.of(paths);
      if (files.isEmpty() && summary.hasFailures() && output.format == OutputFormat.TABLE) {
        return Failure.COULD_NOT;
      }
      if (!files.isEmpty()) {
        take(files, summary, err);
      }
    }
    summary.print(output.format, spec.commandLine().getOut());
    hint(summary, err);
    if (output.format == OutputFormat.TABLE && !summary.next().isEmpty()) {
      spec.commandLine().getOut().println("Next: " + store.command(summary.next()));
    }
    if (summary.hasFailures()) {
      return Failure.COULD_NOT;
    }
    return strict && summary.lines().rejected() > 0 ? Failure.REJECTED : 0;
  }

  /** What reading commands ask for when they meet a store of an older form. */
  private int bringUpToDate() {
    if (!Files.exists(store.file)) {
      throw new Failure(Failure.USAGE, "Name the files or folders to read: frostline ingest PATH");
    }
    try (Store opened = Store.open(store.file)) {
      opened.judge();
    }
    if (output.format == OutputFormat.TABLE) {
      spec.commandLine().getOut().println(SafeText.of(store.file + " is up to date."));
    }
    return 0;
  }

  private void take(List<IngestInputs.Input> files, IngestSummary summary, PrintWriter err) {
    try (Store opened = Store.open(store.file);
        Progress progress = new Progress("Reading")) {
      progress.expect(files.size());
      try (Ingestion ingestion = opened.ingest("file", summary::add)) {
        UnnamedStreams unnamed = new UnnamedStreams(opened.connection(), ingestion::flush);
        for (IngestInputs.Input file : files) {
          take(file, ingestion, unnamed, summary, err);
          progress.done(1);
        }
        ingestion.commit();
      }
      progress.say("judging what changed");
      opened.judge();
    }
  }

  /** What a reader of the counts would have to guess. */
  private void hint(IngestSummary summary, PrintWriter err) {
    if (isPlaceless && summary.lines().stored() > 0) {
      err.println(
          "frostline: Some of these logs name no Region, so it is stored as unknown. Name it with"
              + " --region and read the same logs again: it is filled in, and nothing counts"
              + " twice.");
    }
  }

  private void take(
      IngestInputs.Input file,
      Ingestion ingestion,
      UnnamedStreams unnamed,
      IngestSummary summary,
      PrintWriter err) {
    Origin origin = new Origin(account, region, function, version, logGroup, logStream);
    ingestion.begin(file.name());
    try {
      LineTally tally =
          new LogFile(file.file(), origin)
              .read(
                  (stream, lines) -> {
                    StreamId place = unnamed.place(stream, lines);
                    isPlaceless |= place.region().equals(StreamId.UNKNOWN);
                    ingestion.add(place, lines);
                  });
      ingestion.finish(tally.received(), tally.notOursEvents(), tally.rejects());
      tell(err, file, tally.unknownForm());
      tell(err, file, unnamed.doubled());
    } catch (IOException e) {
      ingestion.abandon();
      failed(file.name(), IngestInputs.reason(e), summary, err);
    }
  }

  private static void tell(PrintWriter err, IngestInputs.Input file, @Nullable String what) {
    if (what != null) {
      err.println("frostline: " + SafeText.of(file.name() + ": " + what));
    }
  }

  private static IngestInputs.Listener listener(IngestSummary summary, PrintWriter err) {
    return new IngestInputs.Listener() {
      @Override
      public void failed(Path path, String why) {
        IngestCommand.failed(path.toString(), why, summary, err);
      }

      @Override
      public void passedOver(Path path, String what) {
        summary.passedOver(path.toString(), what);
        err.println("frostline: " + SafeText.of(path + ": " + what) + "; passed over");
      }
    };
  }

  private static void failed(String file, String why, IngestSummary summary, PrintWriter err) {
    summary.failed(file, why);
    err.println("frostline: " + SafeText.of(file + ": " + why) + "; nothing of it was stored");
  }
}
