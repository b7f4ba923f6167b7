package dev.frostline.layer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An interpreter of this machine, looked for by name on PATH and among the versions of pyenv. */
record Python(String version, Path executable) {
  private static final int OLDEST = 8;
  private static final int NEWEST = 13;
  private static final String NEXT = "3.14";

  /**
   * The versions Frostline promises to capture, "3.8" to "3.13", whether this machine has them or
   * not.
   */
  static Stream<String> versions() {
    return IntStream.rangeClosed(OLDEST, NEWEST).mapToObj(minor -> "3." + minor);
  }

  /** The interpreter of that version; a machine without it skips the test and says so. */
  static Python ofVersion(String version) {
    if (version.equals(NEXT)) {
      return new Python(
          version, NodeRuntime.fetched("cpython-" + NEXT).resolve("bin/python" + NEXT));
    }
    Python found = find("python" + version, version);
    assumeTrue(found.works(), "this machine has no python" + version);
    return found;
  }

  /** The python3 that the build itself needs. */
  static Python required() {
    Python found = find("python3", "3");
    if (!found.works()) {
      throw new IllegalStateException("no python3 on PATH");
    }
    return found;
  }

  private boolean works() {
    return !version.isEmpty();
  }

  private static Python find(String name, String version) {
    for (Path candidate : candidates(name)) {
      String executable = askForItsPath(candidate, version);
      if (!executable.isEmpty()) {
        return new Python(version, Path.of(executable));
      }
    }
    return new Python("", Path.of(name));
  }

  private static List<Path> candidates(String name) {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv("PATH").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    try (Stream<Path> versions = Files.isDirectory(pyenv) ? Files.list(pyenv) : Stream.empty()) {
      versions.sorted().map(version -> version.resolve("bin")).forEach(folders::add);
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + pyenv, e);
    }
    return folders.stream().map(f -> f.resolve(name)).filter(Files::isExecutable).toList();
  }

  /** A shim may lead nowhere: only an interpreter that answers counts. */
  private static String askForItsPath(Path candidate, String version) {
    String question = "import sys; print(sys.executable if sys.version.startswith('%s') else '')";
    ProcessBuilder asked =
        new ProcessBuilder(candidate.toString(), "-c", question.formatted(version))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = asked.start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
