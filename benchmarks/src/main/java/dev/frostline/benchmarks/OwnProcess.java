package dev.frostline.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a benchmark in a JVM of its own with a heap of 1 GB: what filled its store costs it
 * nothing.
 */
final class OwnProcess {
  private OwnProcess() {}

  /** Runs a main class to its end; it prints where this JVM does. */
  static void run(Class<?> main, Path... arguments) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(List.of(java, "-Xmx1g", "-cp", classPath, main.getName()));
    Arrays.stream(arguments).map(Path::toString).forEach(command::add);
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(main.getSimpleName() + " ended with " + exit);
    }
  }
}
