package dev.frostline.cli.whatif;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.program.Bench;
import dev.frostline.cli.program.JavaBench;
import dev.frostline.cli.program.JavaCommand;
import dev.frostline.cli.program.NodeBench;
import dev.frostline.cli.program.NodeCommand;
import dev.frostline.cli.program.PythonBench;
import dev.frostline.cli.program.PythonCommand;
import dev.frostline.cli.program.RecordedEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A program whose changes are tried, and the events it is played. */
final class ProgramOption {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description =
          "The program and its arguments, after --: python3 SCRIPT or python3 -m MODULE, or java or"
              + " node with theirs. With --handler, only python3 (default), node or java with its"
              + " class path.")
  List<String> command = List.of();

  @Option(
      names = "--handler",
      paramLabel = "HANDLER",
      description =
          "Plays events to this handler, named as in Lambda, as Lambda would, instead of running a"
              + " program: app.handler, or shop.Handler::handleRequest.")
  @Nullable String handler;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "The events for --handler: a JSON array, or one document after the other.")
  @Nullable Path events;

  @Option(
      names = "--timeout-s",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest that one run may take (default: ${DEFAULT-VALUE}).")
  long timeoutSeconds = 60;

  boolean isAbsent() {
    return command.isEmpty() && handler == null;
  }

  /**
   * The program that is asked for, in any language that changes can be tried on.
   *
   * @param folder an empty one, which is all that is written to
   */
  Bench bench(Path folder) throws IOException {
    check();
    String interpreter = String.valueOf(Path.of(words().get(0)).getFileName());
    try {
      if (interpreter.equals("node")) {
        NodeCommand program = NodeCommand.of(words(), HERE, handler, copiedEvents(folder));
        return new NodeBench(program, folder, timeoutSeconds);
      }
      if (interpreter.equals("java")) {
        JavaCommand program = JavaCommand.of(words(), HERE, handler, copiedEvents(folder));
        return new JavaBench(program, folder, timeoutSeconds);
      }
      PythonCommand program = new PythonCommand(words(), HERE, handler, copiedEvents(folder));
      return new PythonBench(program, folder, timeoutSeconds);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private List<String> words() {
    return command.isEmpty() ? List.of("python3") : command;
  }

  private void check() {
    if ((handler == null) != (events == null)) {
      throw new Failure(Failure.USAGE, "--handler and --events belong together");
    }
    if (handler == null && command.isEmpty()) {
      throw new Failure(
          Failure.USAGE, "Name a program behind --, or a handler with --handler and --events");
    }
    if (timeoutSeconds < 1) {
      throw new Failure(Failure.USAGE, "--timeout-s starts at 1");
    }
  }

  private @Nullable Path copiedEvents(Path folder) {
    return events == null ? null : copied(events, folder);
  }

  private static Path copied(Path events, Path folder) {
    Path copy = folder.resolve("events.json");
    try {
      RecordedEvents.copy(events, copy);
      return copy;
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read the events: " + e.getMessage());
    }
  }
}
