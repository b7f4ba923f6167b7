package dev.frostline.cli.gate;

import dev.frostline.cli.layer.LocalProgram;
import dev.frostline.cli.layer.UnpackedLayer;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Folders;
import dev.frostline.cli.output.Progress;
import dev.frostline.cli.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Starts of a program on this machine under the layer: of one code, or of two in turns, so that a
 * slower minute of the machine slows both. Nothing is stored here.
 *
 * @param warmup starts of each code whose log is not read: they write what starts leave in caches
 */
record LocalStarts(
    List<String> command, int warmup, int runs, long timeoutSeconds, PrintWriter err) {
  private static final int COMMAND_NOT_FOUND = 127;
  private static final int LAST_LINES = 10;

  /**
   * One code of the program.
   *
   * @param deployment what to call it
   * @param folder where it is started
   * @param starts what its starts logged
   */
  record Code(String deployment, Path folder, TracedStarts starts) {}

  /** Starts them all; throws a {@link Failure} when one of them does not end well. */
  void run(List<Code> codes) {
    try {
      Path folder = Files.createTempDirectory("frostline-trace");
      try (Progress progress = new Progress("runs")) {
        progress.expect((long) (warmup + runs) * codes.size());
        Path wrapper = UnpackedLayer.wrapperIn(folder.resolve("opt"));
        List<Code> turn = new ArrayList<>(codes);
        for (int made = 1; made <= warmup + runs; made++) {
          for (Code code : turn) {
            String at = codes.size() == 1 ? "" : " at " + SafeText.of(code.deployment());
            start(code, at, wrapper, folder.resolve("stderr"), made > warmup);
            progress.done(1);
          }
          if (made > warmup) { // the code before is stored first, as it was live first
            Collections.reverse(turn); // whoever is first in a turn pays what the other saves
          }
        }
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot trace " + spelled() + ": " + e.getMessage() + ". It needs bash");
    }
    for (Code code : codes) {
      checkTraced(code);
    }
  }

  private void start(Code code, String at, Path wrapper, Path log, boolean kept)
      throws IOException {
    LocalProgram program = new LocalProgram(command, wrapper, code.deployment(), code.folder());
    check(program.run(log, timeoutSeconds), log, at);
    if (kept) {
      code.starts().add(log);
    }
  }

  private void check(OptionalInt exit, Path log, String at) throws IOException {
    if (exit.isPresent() && exit.getAsInt() == 0) {
      return;
    }
    List<String> said =
        Files.readString(log).lines().filter(line -> !LocalProgram.isTiming(line)).toList();
    said.subList(Math.max(0, said.size() - LAST_LINES), said.size())
        .forEach(line -> err.println("  | " + SafeText.of(line)));
    if (exit.isEmpty()) {
      throw new Failure(
          Failure.COULD_NOT,
          spelled()
              + " was still running after "
              + timeoutSeconds
              + " s"
              + at
              + ": nothing was stored. Trace what ends by itself, or give it more --timeout-s");
    }
    String hint = at.isEmpty() ? "" : ". What git does not hold, --setup makes";
    throw new Failure(
        Failure.COULD_NOT,
        exit.getAsInt() == COMMAND_NOT_FOUND
            ? "Cannot run " + spelled() + at + ": there is no such command" + hint
            : spelled()
                + " ended with exit code "
                + exit.getAsInt()
                + at
                + ": nothing was stored"
                + hint);
  }

  private void checkTraced(Code code) {
    if (!code.starts().wasTraced()) {
      throw new Failure(
          Failure.COULD_NOT,
          spelled()
              + " logged no import timings: nothing was stored. The command has to begin with the"
              + " interpreter itself (python3, java, node or dotnet), not with a script around it");
    }
    if (code.starts().importsPerStart() == 0) {
      err.println(
          "frostline: "
              + SafeText.of(code.deployment())
              + " has no import timings, so only its whole starts can be compared. ES modules have"
              + " timings from Node.js 22.15 on, Java classes from 0.1 ms on");
    }
  }

  private String spelled() {
    return String.join(" ", command);
  }
}
