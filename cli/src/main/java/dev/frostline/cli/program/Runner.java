package dev.frostline.cli.program;

import dev.frostline.cli.layer.LocalProgram;
import dev.frostline.cli.layer.UnpackedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Runs commands under the layer, one at a time, and reads what they cost and did. */
final class Runner {
  private final Path folder;
  private final Path where;
  private final long timeoutSeconds;

  /**
   * Sets it up.
   *
   * @param folder an empty folder of ours
   * @param where the folder that commands are started in
   * @param timeoutSeconds longest that one run may take
   * @throws IOException when the folder cannot be written
   */
  Runner(Path folder, Path where, long timeoutSeconds) throws IOException {
    this.folder = folder;
    this.where = where;
    this.timeoutSeconds = timeoutSeconds;
    UnpackedLayer.wrapperIn(folder.resolve("opt"));
    for (String wrapper : List.of("timed_wrapper", "served_wrapper")) {
      copy(wrapper, folder);
      if (!folder.resolve(wrapper).toFile().setExecutable(true)) {
        throw new IOException(wrapper + " cannot be made executable in " + folder);
      }
    }
  }

  /** Writes a file that this build carries into a folder. */
  static void copy(String script, Path folder) throws IOException {
    try (InputStream carried = Runner.class.getResourceAsStream(script)) {
      if (carried == null) {
        throw new IOException("this build carries no " + script);
      }
      Files.copy(carried, folder.resolve(script));
    }
  }

  Path log() {
    return folder.resolve("stderr");
  }

  /** Where a script that plays a program keeps its record. */
  Path record() {
    return folder.resolve("record");
  }

  /** A command that keeps a record of itself. */
  Played run(Variant variant, Map<String, String> variables, Consumer<String> reader)
      throws IOException {
    return run("opt/bin/importtime_wrapper", variant, variables, reader);
  }

  /** A command that does not: of its times the CPU time of all is known. */
  Played runTimed(Variant variant) throws IOException {
    return run("timed_wrapper", variant, variant.variables(), line -> {});
  }

  /** A handler that asks for its events, and whose record is kept by whoever hands them out. */
  Played runServed(Variant variant, Map<String, String> variables) throws IOException {
    return run("served_wrapper", variant, variables, line -> {});
  }

  /** Where the number of the process of such a handler is. */
  Path pid() {
    return folder.resolve("pid");
  }

  private Played run(
      String wrapper, Variant variant, Map<String, String> variables, Consumer<String> reader)
      throws IOException {
    Path output = folder.resolve("stdout");
    Files.deleteIfExists(record());
    OptionalInt exit =
        new LocalProgram(variant.words(), folder.resolve(wrapper), variant.change().words(), where)
            .run(log(), ProcessBuilder.Redirect.to(output.toFile()), variables, timeoutSeconds);
    if (exit.isEmpty()) {
      throw new IOException(
          String.join(" ", variant.words())
              + " was still running after "
              + timeoutSeconds
              + " s. Give it more --timeout-s");
    }
    List<String> lines = Files.exists(record()) ? Files.readAllLines(record()) : List.of("exit 0");
    lines.forEach(reader);
    return Played.read(exit.getAsInt(), text(output), text(log()), lines);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
