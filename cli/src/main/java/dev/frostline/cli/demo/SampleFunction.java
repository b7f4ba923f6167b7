package dev.frostline.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The sample function, started the way Lambda starts a Python function that has the layer: {@code
 * bin/importtime_wrapper python3 bootstrap.py} with the function's variables. Each start is a
 * process of its own and ends after one request.
 */
public final class SampleFunction {
  static final String NAME = "order-price";
  static final int MEMORY_MB = 512;
  private static final String END_OF_INIT = "FROSTLINE end ";
  private static final int SECONDS_ALLOWED = 30;

  private final Path folder;
  private final String python;

  /**
   * The function in a folder that {@link #unpack} filled.
   *
   * @param python interpreter to start
   */
  public SampleFunction(Path folder, String python) {
    this.folder = folder;
    this.python = python;
  }

  /** One start as the platform would have seen it. Times are Unix ms, durations microseconds. */
  record Start(
      long startedAtMillis, List<LoggedLine> lines, long initMicros, long durationMicros) {}

  /** A line of standard error and when it was read. */
  record LoggedLine(long atMillis, String text) {}

  /** Writes layer and sample into the folder. */
  public static void unpack(Path folder) throws IOException {
    String[] files = {
      "layer/bin/importtime_wrapper",
      "layer/frostline/boot.py",
      "sample/bootstrap.py",
      "sample/awslambdaric/__init__.py",
      "sample/awslambdaric/lambda_runtime_client.py",
      "sample/v1/app.py",
      "sample/v2/app.py",
      "sample/v2/catalog/__init__.py",
      "sample/v2/catalog/patterns.py"
    };
    for (String file : files) {
      Path target = folder.resolve(file);
      Files.createDirectories(target.resolveSibling(""));
      try (InputStream in = SampleFunction.class.getResourceAsStream("/demo/" + file)) {
        if (in == null) {
          throw new IOException("this build carries no " + file);
        }
        Files.write(target, in.readAllBytes());
      }
    }
    if (!folder.resolve(files[0]).toFile().setExecutable(true)) {
      throw new IOException("the wrapper cannot be made executable in " + folder);
    }
  }

  /** Starts the function once. */
  Start start(String code, String version) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            folder.resolve("layer/bin/importtime_wrapper").toString(),
            python,
            folder.resolve("sample/bootstrap.py").toString());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.startsWith("PYTHON") || name.startsWith("FROSTLINE"));
    environment.put("AWS_LAMBDA_FUNCTION_NAME", NAME);
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", version);
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(MEMORY_MB));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("_HANDLER", "app.handler");
    environment.put("LAMBDA_TASK_ROOT", folder.resolve("sample").resolve(code).toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long startedAt = System.currentTimeMillis();
    long began = System.nanoTime();
    return watched(builder.start(), startedAt, began);
  }

  /**
   * Init is from the start of the process to its end line, as Init Duration is from start to first
   * poll.
   */
  private static Start watched(Process process, long startedAt, long began) throws IOException {
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
      throw new IOException("the sample function did not start; its last line was: " + last(lines));
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
