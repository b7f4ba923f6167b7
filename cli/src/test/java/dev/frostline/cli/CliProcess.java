package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands as processes of their own, with an environment and a folder of their own. */
final class CliProcess {
  private CliProcess() {}

  /** A process of the frostline command, not yet started. */
  static ProcessBuilder of(Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dstdout.encoding=UTF-8",
            "-Dfile.encoding=UTF-8"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Frostline.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile());
  }

  /** Runs a program to its end. */
  static Cli run(ProcessBuilder program, Map<String, String> environment)
      throws IOException, InterruptedException {
    program.environment().putAll(environment);
    Path err = Files.createTempFile("err", ".txt");
    Process process = program.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), String.join(" ", program.command()));
    String said = Files.readString(err);
    Files.delete(err);
    return new Cli(process.exitValue(), out, said);
  }
}
