package dev.frostline.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The user's own browser, for pages this command wrote. */
final class Browser {
  private Browser() {}

  static void open(Path page) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String file = page.toAbsolutePath().toUri().toString();
    List<String> command =
        system.contains("win")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", file)
            : List.of(system.contains("mac") ? "open" : "xdg-open", file);
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT, "Cannot open a browser: " + e.getMessage() + ". The page is " + page);
    }
  }
}
