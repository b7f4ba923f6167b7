package dev.frostline.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The user's own browser, for pages of this command. */
final class Browser {
  private Browser() {}

  static void open(Path page) {
    open(page.toAbsolutePath().toUri().toString());
  }

  static void open(String address) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command =
        system.contains("win")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
            : List.of(system.contains("mac") ? "open" : "xdg-open", address);
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot open a browser: " + e.getMessage() + ". Open it yourself: " + address);
    }
  }
}
