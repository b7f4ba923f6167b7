package dev.frostline.benchmarks;

import dev.frostline.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The {@code frostline} command in processes of its own. */
final class CommandLineProcess {
  private final Supplier<List<String>> classPath;
  private final Map<String, String> environment;

  /** With this JVM's class path as it is. */
  CommandLineProcess() {
    classPath = () -> List.of("-cp", System.getProperty("java.class.path"));
    environment = Map.of();
  }

  /** With the same, packed for fast starts. */
  CommandLineProcess(PackedClassPath packed) {
    this(packed::arguments, Map.of());
  }

  private CommandLineProcess(Supplier<List<String>> classPath, Map<String, String> environment) {
    this.classPath = classPath;
    this.environment = environment;
  }

  /** The same of somebody else, whose copies of lakes lie there. */
  CommandLineProcess cachingIn(Path folder) {
    return new CommandLineProcess(classPath, Map.of("XDG_CACHE_HOME", folder.toString()));
  }

  Process start(String... arguments) throws IOException {
    return start(ProcessBuilder.Redirect.DISCARD, arguments);
  }

  void mustSucceed(String... arguments) throws IOException, InterruptedException {
    Path log = Files.createTempFile("frostline", ".log");
    int exitCode = start(ProcessBuilder.Redirect.to(log.toFile()), arguments).waitFor();
    if (exitCode != 0) {
      throw new IOException(
          "frostline " + arguments[0] + " exited with " + exitCode + ": " + Files.readString(log));
    }
    Files.delete(log);
  }

  Process start(ProcessBuilder.Redirect output, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
    command.addAll(classPath.get());
    command.add("dev.frostline.cli.Frostline");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(S3Server.environment(""));
    builder.environment().remove("AWS_ENDPOINT_URL_S3");
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(output).start();
  }
}
