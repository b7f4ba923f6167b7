package dev.frostline.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A sample function, started the way Lambda starts one that has the layer: {@code
 * bin/importtime_wrapper} with the runtime's command, in the function's folder and with its
 * variables. Each start is a process of its own and ends after one request.
 *
 * @param runtime as INIT_START begins its runtime version: {@code python:3.12}, {@code java:17}
 * @param code folder of its two codes, {@code v1} and {@code v2}
 * @param command starts the runtime, in a folder with one of these codes
 */
record SampleFunction(
    String name, String runtime, String handler, Path code, List<String> command) {
  static final int MEMORY_MB = 512;
  private static final String END_OF_INIT = "FROSTLINE end ";
  private static final int SECONDS_ALLOWED = 30;

  /** One start as the platform would have seen it. Times are Unix ms, durations microseconds. */
  record Start(
      long startedAtMillis, List<LoggedLine> lines, long initMicros, long durationMicros) {}

  /** A line of standard error and when it was read. */
  record LoggedLine(long atMillis, String text) {}

  /** Starts the function once, with one of its codes as a published version. */
  Start start(Path wrapper, String codeName, String version) throws IOException {
    List<String> wrapped = new ArrayList<>(command);
    wrapped.add(0, wrapper.toString());
    Path taskRoot = code.resolve(codeName);
    ProcessBuilder builder = new ProcessBuilder(wrapped).directory(taskRoot.toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.matches("(PYTHON|FROSTLINE|JAVA_|JDK_|_JAVA_|NODE_|AWS_).*"));
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + runtime.replace(":", ""));
    environment.put("AWS_LAMBDA_FUNCTION_NAME", name);
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", version);
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(MEMORY_MB));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("_HANDLER", handler);
    environment.put("LAMBDA_TASK_ROOT", taskRoot.toString());
    environment.put("FROSTLINE_NODE", "1");
    environment.put("FROSTLINE_JAVA", "clinit"); // on Java 25, too, where sampling is the default
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long startedAt = System.currentTimeMillis();
    long began = System.nanoTime();
    return watched(builder.start(), startedAt, began);
  }

  /**
   * Init is from the start of the process to its end line, as Init Duration is from start to first
   * poll.
   */
  private Start watched(Process process, long startedAt, long began) throws IOException {
    List<LoggedLine> lines = new ArrayList<>();
    long initEnded = 0;
    try (BufferedReader errors =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        lines.add(new LoggedLine(System.currentTimeMillis(), line));
        initEnded = line.startsWith(END_OF_INIT) ? System.nanoTime() : initEnded;
      }
    }
    long ended = System.nanoTime();
    if (initEnded == 0 || !endedWell(process)) {
      throw new IOException(name + " did not start; its last line was: " + last(lines));
    }
    return new Start(startedAt, lines, (initEnded - began) / 1000, (ended - initEnded) / 1000);
  }

  private static boolean endedWell(Process process) throws IOException {
    try {
      return process.waitFor(SECONDS_ALLOWED, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String last(List<LoggedLine> lines) {
    return lines.isEmpty() ? "(none)" : lines.get(lines.size() - 1).text();
  }
}
