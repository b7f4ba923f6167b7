package dev.frostline.cli.ingest;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.Progress;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.PlaceOption;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WritesStore;
import dev.frostline.lake.LakeSync;
import dev.frostline.lake.Place;
import dev.frostline.lake.Sync;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes landing objects into the store, each exactly once. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = "Reads what the ingest function landed into the store, exactly once.",
    footer = {
      "",
      "When it is stopped, at whatever moment, the next run continues where it " + "left off.",
      "A lake, --db s3://BUCKET/lake or a folder, is written as the scheduled function does it.",
      "",
      "Example: frostline sync s3://frostline-123456789012-eu-west-1"
    })
public final class SyncCommand implements Callable<Integer>, WritesStore {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlaceOption places = new PlaceOption();

  @Parameters(
      paramLabel = "PLACE",
      description = "s3://BUCKET/PREFIX or a folder, as in FROSTLINE_LANDING.")
  String landing = ".";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for another process to be done with the store (default: 60).")
  long waitSeconds = 60;

  @Override
  public Integer call() {
    if (!landing.startsWith("s3:") && !Files.isDirectory(Path.of(landing))) {
      throw new Failure(
          Failure.COULD_NOT,
          "There is no landing folder " + landing + ". Name the one of FROSTLINE_LANDING.");
    }
    Summary summary = new Summary();
    String lake = store.lake();
    try (Place place = places.open(landing);
        summary) {
      if (lake == null) {
        intoStore(place, summary);
      } else {
        intoLake(place, lake, summary);
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot read "
              + e.getMessage()
              + ". Check the name, the credentials and s3:ListBucket on it.");
    }
    summary.total.print(output.format, spec.commandLine().getOut());
    return summary.total.hasFailures() ? Failure.COULD_NOT : 0;
  }

  private void intoStore(Place place, Summary summary) throws IOException {
    try (Store opened = Store.open(store.file, Duration.ofSeconds(waitSeconds))) {
      new Sync(place, opened).run(Instant.MAX, summary);
      summary.progress.say("judging what changed");
      opened.judge();
    }
  }

  private void intoLake(Place place, String lake, Summary summary) throws IOException {
    try (Place to = places.open(lake)) {
      new LakeSync(place, to).run(Instant.MAX, true, summary, LakeSync.Reader.NONE);
    }
  }

  @Override
  public boolean writesLake() {
    return true;
  }

  private final class Summary implements Sync.Listener, AutoCloseable {
    private final IngestSummary total = new IngestSummary();
    private final Progress progress = new Progress("sync");

    @Override
    public void found(int objects) {
      progress.expect(objects);
    }

    @Override
    public void done(int objects) {
      progress.done(objects);
    }

    @Override
    public void stored(Ingestion.Summary group) {
      total.add(group);
    }

    @Override
    public void failed(String key, String reason) {
      total.failed(key, reason);
      spec.commandLine()
          .getErr()
          .println("frostline: " + SafeText.of(key + ": " + reason) + "; nothing of it was stored");
    }

    @Override
    public void close() {
      progress.close();
    }
  }
}
