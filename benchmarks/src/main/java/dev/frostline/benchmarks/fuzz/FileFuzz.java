package dev.frostline.benchmarks.fuzz;

import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of logs in any form. */
public final class FileFuzz {
  private static final Path FILE = ScratchFile.named("logs.txt");

  private FileFuzz() {}

  /** One input; throws what must not be thrown. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    Taken taken = new Taken();
    try {
      LineTally tally =
          new LogFile(FILE, new Origin("1", "eu-west-1", "f", null, null, null)).read(taken::add);
      if (tally.received() < tally.keptEvents() + tally.notOursEvents()) {
        throw new AssertionError("The counts of a file do not add up");
      }
    } catch (IOException e) { // the command line says it in a sentence
      return;
    }
    taken.check();
  }
}
