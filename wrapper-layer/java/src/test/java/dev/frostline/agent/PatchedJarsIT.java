package dev.frostline.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The patcher on all classes of the popular jars that the tests depend on, under each JVM. */
@Tag("long")
final class PatchedJarsIT {
  private static final int LEAST_JARS = 50;

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void patchedClasses_linkWhereverTheOriginalsDo(int version) throws Exception {
    Path java = java(version);
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(path -> path.endsWith(".jar"))
            .toList();
    assertTrue(jars.size() >= LEAST_JARS, jars.size() + " jars");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java.toString(), "-Xverify:all", "-Xlog:disable", "-cp"));
    command.add("target/classes" + File.pathSeparator + "target/test-classes");
    command.add(PatchedJars.class.getName());
    command.addAll(jars);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String found =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    System.out.println("Java " + version + ": " + found);
    assertEquals(0, process.waitFor());
    assertTrue(found.startsWith("jars=") && !found.contains("BROKEN"), found);
  }

  /** Of this test's own JVM, or of one installed beside it. */
  private static Path java(int version) throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    try (Stream<Path> installed = Files.list(own.getParent())) {
      List<Path> found =
          Stream.concat(Stream.of(own), installed.sorted())
              .filter(home -> isOfVersion(home, version))
              .toList();
      assumeTrue(!found.isEmpty(), "this machine has no Java " + version);
      return found.get(0).resolve("bin/java");
    }
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
