package dev.frostline.cli.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine, started under the layer's wrapper as Lambda would start a runtime,
 * with this process's variables.
 *
 * @param wrapper the layer's {@code bin/importtime_wrapper}
 * @param deployment name of the code, for the begin line
 * @param folder where it is started
 */
public record LocalProgram(List<String> command, Path wrapper, String deployment, Path folder) {
  private static final String TIMINGS =
      "(import|gc|java|node|dotnet) time: .*|FROSTLINE .*|.*/importtime_wrapper: line .*";

  /**
   * What may be set for functions, and would hide a start here; and what keeps Python from writing
   * the {@code .pyc} files of a folder checked out anew, so that only an older one would have them.
   */
  private static final Set<String> NOT_HERE =
      Set.of(
          "FROSTLINE_ENABLED",
          "FROSTLINE_SAMPLE",
          "FROSTLINE_NEXT_WRAPPER",
          "PYTHONDONTWRITEBYTECODE");

  /** Whether a line of its standard error is the layer's or the interpreter's import timing. */
  public static boolean isTiming(String line) {
    return line.matches(TIMINGS);
  }

  /**
   * Runs it once, to its end. What it prints on standard output is dropped.
   *
   * @param log file for its standard error, which the timing lines are part of
   * @return its exit code; empty when it was still running after the time allowed, and was ended
   * @throws IOException when the wrapper cannot be started
   */
  public OptionalInt run(Path log, long secondsAllowed) throws IOException {
    return run(log, ProcessBuilder.Redirect.DISCARD, Map.of(), secondsAllowed);
  }

  /**
   * The same with its standard output kept.
   *
   * @param variables set for it, over those of this process
   */
  public OptionalInt run(
      Path log, ProcessBuilder.Redirect output, Map<String, String> variables, long secondsAllowed)
      throws IOException {
    List<String> wrapped = new ArrayList<>(command);
    wrapped.add(0, wrapper.toString());
    ProcessBuilder builder = new ProcessBuilder(wrapped).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(NOT_HERE);
    environment.put("FROSTLINE_DEPLOYMENT", deployment);
    environment.put("FROSTLINE_PYTHON_GC", "1");
    environment.put("FROSTLINE_NODE", "1");
    environment.put("FROSTLINE_DOTNET", "1");
    environment.putAll(variables);
    builder.redirectOutput(output).redirectError(log.toFile());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (process.waitFor(secondsAllowed, TimeUnit.SECONDS)) {
        return OptionalInt.of(process.exitValue());
      }
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
