package dev.frostline.benchmarks.fuzz;

import dev.frostline.cli.Frostline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code frostline.toml}: it is taken, or one line says what is wrong with it. */
public final class SettingsFuzz {
  private static final Path FILE = ScratchFile.named("frostline.toml");

  private SettingsFuzz() {}

  /** One input; throws what must not be thrown. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    StringWriter err = new StringWriter();
    int exit =
        Frostline.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "config",
            "--config",
            FILE.toString());
    boolean isUsual = exit == 0 || (exit == 2 && err.toString().lines().count() == 1);
    if (!isUsual) {
      throw new AssertionError("exit " + exit + ": " + err);
    }
  }
}
