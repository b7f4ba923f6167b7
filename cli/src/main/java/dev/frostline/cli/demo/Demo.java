package dev.frostline.cli.demo;

import dev.frostline.cli.layer.UnpackedLayer;
import dev.frostline.ingest.DirectoryLanding;
import dev.frostline.ingest.IngestHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Three deployments of the sample function in each language: version 1; version 2, the same code
 * again; version 3, which adds what compiles many patterns as it loads. Each is started many times,
 * in turns, so that what the machine does meanwhile falls on all of them alike; each start's log
 * goes through the Lambda handler into a landing folder.
 */
public final class Demo {
  static final List<String> CODES = List.of("v1", "v2");

  /** The deployments in order: published version, and which code it holds. */
  private static final List<String> CODE_BY_VERSION = List.of("v1", "v1", "v2");

  private final Path folder;
  private final int startsPerVersion;
  private final SampleFunctions functions;
  private final Path wrapper;

  /**
   * A demo in a folder of its own.
   *
   * @throws IOException when the folder cannot be filled, or no sample runs on this machine
   */
  public Demo(Path folder, int startsPerVersion) throws IOException {
    this.folder = folder;
    this.startsPerVersion = startsPerVersion;
    this.functions = SampleFunctions.in(folder.toAbsolutePath());
    this.wrapper = UnpackedLayer.wrapperIn(folder.resolve("layer"));
  }

  /** Where the handler lands what it is given. */
  public Path landing() {
    return folder.resolve("landing");
  }

  /** Names of the functions that run here. */
  public List<String> functions() {
    return functions.here().stream().map(SampleFunction::name).toList();
  }

  /** A sentence on each language that does not run here. */
  public List<String> leftOut() {
    return functions.leftOut();
  }

  /** How many starts there will be. */
  public int starts() {
    return startsPerVersion * CODE_BY_VERSION.size() * functions.here().size();
  }

  /** Starts the functions and lands their logs; tells of each start. */
  public void run(Runnable started) throws IOException {
    Files.createDirectories(landing());
    IngestHandler handler = new IngestHandler(new DirectoryLanding(landing()), "eu-west-1", null);
    SubscriptionEvents events = new SubscriptionEvents();
    for (SampleFunction function : functions.here()) {
      for (String code : CODES) {
        function.start(wrapper, code, "0");
      }
    }
    int made = 0;
    for (int round = 0; round < startsPerVersion; round++) {
      for (SampleFunction function : functions.here()) {
        for (int turn = 0; turn < CODE_BY_VERSION.size(); turn++) {
          // whoever comes first pays for what ran before it, so each is first in turn
          int version = 1 + (round + turn) % CODE_BY_VERSION.size();
          String name = String.valueOf(version);
          SampleFunction.Start start =
              function.start(wrapper, CODE_BY_VERSION.get(version - 1), name);
          handler.handleRequest(events.of(function, start, name, ++made), null);
          started.run();
        }
      }
    }
  }
}
