package dev.frostline.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One start of a runtime as Lambda's bootstrap does it: a command, a working directory, and an
 * environment that holds nothing but what the test gives.
 */
record FunctionStart(List<String> command, Map<String, String> environment, Path directory) {
  private static final long TIMEOUT_SECONDS = 60;

  static FunctionStart of(Python python, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(python.executable().toString());
    command.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8", "PYTHONDONTWRITEBYTECODE", "1");
    return new FunctionStart(command, environment, Path.of("/"));
  }

  FunctionStart with(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new FunctionStart(command, more, directory);
  }

  FunctionStart in(Path newDirectory) {
    return new FunctionStart(command, environment, newDirectory);
  }

  /** The same start with AWS_LAMBDA_EXEC_WRAPPER set: the wrapper gets the command as arguments. */
  FunctionStart through(Layer layer) {
    List<String> wrapped = new ArrayList<>(command);
    wrapped.add(0, layer.wrapper().toString());
    return new FunctionStart(wrapped, environment, directory);
  }

  /**
   * The same start held to file permissions, as any user but root is; root gives up what exempts it
   * from them.
   */
  FunctionStart heldToPermissions() {
    if (!System.getProperty("user.name").equals("root")) {
      return this;
    }
    List<String> held = new ArrayList<>();
    held.addAll(List.of("/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    held.addAll(command);
    return new FunctionStart(held, environment, directory);
  }

  Outcome run() throws IOException, InterruptedException {
    return finish(process(), TIMEOUT_SECONDS);
  }

  /** Starts, waits until the file is there, and sends SIGTERM as the platform does. */
  Outcome runUntil(Path signOfLife) throws IOException, InterruptedException {
    Running running = process();
    while (running.process().isAlive() && !Files.exists(signOfLife)) {
      Thread.sleep(5);
    }
    running.process().destroy();
    return finish(running, TIMEOUT_SECONDS);
  }

  /** Starts against a Runtime API and ends it with the second /next, or when it ends by itself. */
  Outcome runUntilAnswered(RuntimeApiHost host) throws IOException, InterruptedException {
    Running running = process();
    while (running.process().isAlive() && !host.waitsForMore()) {
      Thread.sleep(5);
    }
    if (host.waitsForMore()) {
      running.process().destroyForcibly();
    }
    return finish(running, TIMEOUT_SECONDS);
  }

  private record Running(Process process, Path stdout, Path stderr) {}

  private Running process() throws IOException {
    Path stdout = Files.createTempFile("frostline", ".out");
    Path stderr = Files.createTempFile("frostline", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
    return new Running(builder.start(), stdout, stderr);
  }

  private Outcome finish(Running running, long seconds) throws IOException, InterruptedException {
    if (!running.process().waitFor(seconds, TimeUnit.SECONDS)) {
      running.process().destroyForcibly();
      throw new IllegalStateException("still running after " + seconds + " s: " + command);
    }
    return new Outcome(
        running.process().exitValue(),
        readAndDelete(running.stdout()),
        readAndDelete(running.stderr()));
  }

  private static String readAndDelete(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}
