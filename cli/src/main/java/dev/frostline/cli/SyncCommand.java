package dev.frostline.cli;

import dev.frostline.ingest.DirectoryLanding;
import dev.frostline.ingest.LandingObject;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes landing objects into the store, each exactly once, a group a transaction. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = "Takes what the ingest function landed into the store, exactly once.")
final class SyncCommand implements Callable<Integer> {
  private static final int GROUP = 500;
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "DIR", description = "The landing folder.")
  Path folder = Path.of(".");

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    IngestSummary summary = new IngestSummary();
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          Failure.COULD_NOT,
          "There is no landing folder " + folder + ". Name the one of FROSTLINE_LANDING.");
    }
    try (Store opened = Store.open(store.file)) {
      DirectoryLanding landing = new DirectoryLanding(folder);
      List<String> keys = landing.keys();
      for (int from = 0; from < keys.size(); from += GROUP) {
        take(
            keys.subList(from, Math.min(keys.size(), from + GROUP)), landing, opened, summary, err);
      }
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read " + folder + ": " + e.getMessage());
    }
    summary.print(output.format, spec.commandLine().getOut());
    return summary.hasFailures() ? Failure.COULD_NOT : 0;
  }

  private void take(
      List<String> keys,
      DirectoryLanding landing,
      Store opened,
      IngestSummary summary,
      PrintWriter err) {
    Set<String> known = opened.landed(keys);
    List<String> fresh = new ArrayList<>(keys);
    fresh.removeAll(known);
    if (fresh.isEmpty()) {
      return;
    }
    Map<String, Long> rejects = new TreeMap<>();
    long received = 0;
    long notOurs = 0;
    try (Ingestion ingestion = opened.ingest("landing", folder.toString())) {
      for (String key : fresh) {
        LandingObject object;
        try {
          object = LandingObject.decode(landing.read(key));
        } catch (IOException e) {
          summary.failed(key, String.valueOf(e.getMessage()));
          err.println(
              "frostline: "
                  + SafeText.of(key + ": " + e.getMessage())
                  + "; nothing of it was stored");
          continue;
        }
        received += add(object, ingestion);
        notOurs += object.notOurs();
        object.rejects().forEach((reason, lines) -> rejects.merge(reason, lines, Long::sum));
        ingestion.landed(key);
      }
      summary.add(ingestion.commit(received, notOurs, rejects));
    }
  }

  /** Adds an object's lines and returns how many events it stands for. */
  private static long add(LandingObject object, Ingestion ingestion) {
    long events = object.notOurs();
    for (long lines : object.rejects().values()) {
      events += lines;
    }
    for (Map.Entry<StreamId, List<TimedLine>> entry : object.streams().entrySet()) {
      ingestion.add(entry.getKey(), entry.getValue());
      for (TimedLine line : entry.getValue()) {
        events += line.part() == 0 ? 1 : 0;
      }
    }
    return events;
  }
}
