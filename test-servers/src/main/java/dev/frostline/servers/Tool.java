package dev.frostline.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A program that tests start: the machine's, or one that deploy/fetch_tools fetches. Where it is
 * missing the test is skipped and says so; in CI it fails.
 */
public final class Tool {
  /** Where deploy/fetch_tools puts what it fetches. */
  public static final Path FETCHED =
      Path.of(
          System.getenv()
              .getOrDefault(
                  "FROSTLINE_TEST_RUNTIMES",
                  System.getProperty("user.home") + "/.cache/frostline-tests"));

  private final Path executable;

  private Tool(Path executable) {
    if (!Files.isExecutable(executable)) {
      String missing = "no " + executable + ": run deploy/fetch_tools";
      if (System.getenv("CI") != null) {
        throw new IllegalStateException(missing);
      }
      throw new TestAbortedException(missing);
    }
    this.executable = executable;
  }

  /** A fetched one, e.g. {@code cfn-lint/bin/cfn-lint}. */
  public static Tool fetched(String path) {
    return new Tool(FETCHED.resolve(path));
  }

  /** One of the machine. */
  public static Tool onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Tool::new)
        .orElseGet(() -> new Tool(Path.of(name)));
  }

  /** The folder it lies in, for a PATH. */
  public Path folder() {
    return executable.resolveSibling("");
  }

  /**
   * Runs it and returns what it printed on both streams.
   *
   * @param home working folder
   * @param variables added to the environment
   * @throws AssertionError with what it printed, when it fails
   */
  public String run(Path home, Map<String, String> variables, String... arguments) {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("frostline-", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(variables);
      Process process = builder.start();
      boolean ended = process.waitFor(10, TimeUnit.MINUTES);
      process.destroyForcibly();
      String printed = Files.readString(output);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(command + ": " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }
}
