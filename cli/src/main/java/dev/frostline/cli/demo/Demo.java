package dev.frostline.cli.demo;

import dev.frostline.ingest.DirectoryLanding;
import dev.frostline.ingest.IngestHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Three deployments of the sample function: version 1; version 2, the same code again; version 3,
 * which adds an import of a package that compiles many patterns as it loads. Each is started many
 * times, in turns, so that what the machine does meanwhile falls on all of them alike; each start's
 * log goes through the Lambda handler into a landing folder.
 */
public final class Demo {
  /** The deployments in order: published version, and which code it holds. */
  private static final List<String> CODE_BY_VERSION = List.of("v1", "v1", "v2");

  private final Path folder;
  private final int startsPerVersion;

  /** A demo in a folder of its own. */
  public Demo(Path folder, int startsPerVersion) {
    this.folder = folder;
    this.startsPerVersion = startsPerVersion;
  }

  /** Where the handler lands what it is given. */
  public Path landing() {
    return folder.resolve("landing");
  }

  /** How many starts there will be. */
  public int starts() {
    return startsPerVersion * CODE_BY_VERSION.size();
  }

  /** Starts the function and lands its logs; tells after each start how many were made. */
  public void run(IntConsumer progress) throws IOException {
    SampleFunction.unpack(folder);
    Files.createDirectories(landing());
    SampleFunction function = new SampleFunction(folder.toAbsolutePath(), "python3");
    IngestHandler handler = new IngestHandler(new DirectoryLanding(landing()), "eu-west-1", null);
    SubscriptionEvents events = new SubscriptionEvents("python:" + pythonVersion() + ".v1");
    for (String code : List.of("v1", "v2")) {
      function.start(code, "0");
    }
    int made = 0;
    for (int round = 0; round < startsPerVersion; round++) {
      for (int version = 1; version <= CODE_BY_VERSION.size(); version++) {
        String name = String.valueOf(version);
        SampleFunction.Start start = function.start(CODE_BY_VERSION.get(version - 1), name);
        handler.handleRequest(events.of(start, name, ++made), null);
        progress.accept(made);
      }
    }
  }

  private static String pythonVersion() throws IOException {
    String print = "import sys; print('%d.%d' % sys.version_info[:2])";
    Process process = new ProcessBuilder("python3", "-c", print).redirectErrorStream(true).start();
    String version =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!version.matches("3\\.\\d+")) {
      throw new IOException("python3 does not run here: " + version);
    }
    return version;
  }
}
