package dev.frostline.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.output.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code frostline} of a checkout, here of a small one with the real classes. Only Maven
 * is another: it copies jars that are there and notes that it was called.
 */
class LauncherTest {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", ".."));
  @TempDir static Path jars = Path.of(".");
  @TempDir Path folder = Path.of(".");
  private Path tree = folder;
  private Path builds = folder;

  @BeforeAll
  static void jar() throws IOException {
    jarClasses(Files.createDirectories(jars.resolve("lib")));
  }

  @BeforeEach
  void checkOut() throws IOException {
    tree = Files.createDirectories(folder.resolve("a checkout"));
    builds = folder.resolve("builds");
    Files.copy(ROOT.resolve("frostline"), tree.resolve("frostline"));
    Files.createFile(tree.resolve("pom.xml"));
    for (String source : List.of("cli/src/main/A.java", "wrapper-layer/sample/v1/app.py")) {
      Files.createDirectories(tree.resolve(source).getParent());
      Files.createFile(tree.resolve(source));
    }
    Path maven =
        Files.writeString(
            tree.resolve("mvnw"),
            """
            #!/bin/sh
            echo built >> '%s'
            sleep 1
            mkdir -p '%s/cli/target' && cp -r '%s'/* '%2$s/cli/target/'
            """
                .formatted(builds, tree, jars));
    assertTrue(maven.toFile().setExecutable(true));
  }

  @Test
  void version_comesThroughLinks_fromThePath_andFromElsewhere() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("one"), tree.resolve("frostline"));
    Files.createSymbolicLink(elsewhere.resolve("frostline"), Path.of("../one"));
    for (List<String> command :
        List.of(
            List.of(tree.resolve("frostline").toString(), "version"),
            List.of(elsewhere.resolve("frostline").toString(), "version"),
            List.of("sh", "-c", "PATH=" + elsewhere + ":$PATH; frostline version"))) {
      Cli version = run(command);
      assertEquals(0, version.exitCode(), version.err());
      assertTrue(version.out().startsWith("frostline 0.1.0\n"), version.out());
    }
    assertEquals(1, builds(), "builds");
  }

  @Test
  void build_followsASource_andSaysWhich() throws Exception {
    assertTrue(version().err().contains("Building Frostline (not built yet)"), version().err());
    later("wrapper-layer/sample/v1/__pycache__/app.cpython-311.pyc");
    later("wrapper-layer/sample/x.pyc");
    later("wrapper-layer/sample-java/v1/App.class");
    assertEquals("", version().err());
    later("wrapper-layer/sample/v1/app.py");
    String said = version().err();
    assertEquals(
        "Building Frostline (wrapper-layer/sample/v1/app.py changed); a minute or two ...\n", said);
    Files.setLastModifiedTime(
        tree.resolve("wrapper-layer/sample/v1/app.py"), FileTime.from(Instant.EPOCH));
    assertEquals("", version().err());
    assertEquals(2, builds(), "builds");
  }

  @Test
  void twoAtOnce_buildOnce() throws Exception {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(
          new ProcessBuilder(tree.resolve("frostline").toString(), "version")
              .redirectErrorStream(true)
              .start());
    }
    for (Process one : all) {
      String said = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, one.waitFor(), said);
      assertTrue(said.contains("frostline 0.1.0\n"), said);
    }
    assertEquals(1, builds(), "builds");
  }

  @Test
  void killedBuild_isTakenOver() throws Exception {
    Path lock = Files.createDirectories(tree.resolve("target/frostline/lock"));
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    Cli version = version();
    assertEquals(0, version.exitCode(), version.err());
    assertEquals(1, builds(), "builds");
  }

  @Test
  void failedBuild_saysWhatItNeeds_andKeepsWhatRuns() throws Exception {
    assertEquals(0, version().exitCode());
    Files.writeString(tree.resolve("mvnw"), "#!/bin/sh\necho broken >&2; exit 1\n");
    later("pom.xml");
    Cli failed = version();
    assertEquals(Failure.COULD_NOT, failed.exitCode());
    assertTrue(failed.err().contains("The build failed"), failed.err());
    assertTrue(Files.notExists(tree.resolve("target/frostline/lock")));
  }

  @Test
  void asciiLocale_losesNoSign() throws Exception {
    String frostline = tree.resolve("frostline").toString();
    String store = folder.resolve("store.duckdb").toString();
    Cli ingest =
        run(
            List.of(
                frostline,
                "ingest",
                Cli.shared("lambda-python/checkout-api/quiet/v4.ndjson.gz"),
                Cli.shared("lambda-python/checkout-api/quiet/v5.ndjson.gz"),
                "--db",
                store));
    assertEquals(0, ingest.exitCode(), ingest.err());
    Cli regressions =
        CliProcess.run(
            new ProcessBuilder(frostline, "regressions", "--db", store).directory(folder.toFile()),
            Map.of("JAVA_HOME", System.getProperty("java.home", ""), "LC_ALL", "C"));
    assertTrue(regressions.out().contains("◆"), regressions.out());
    assertTrue(regressions.out().contains("−216 ms"), regressions.out());
    assertFalse(regressions.out().contains("?"), regressions.out());
  }

  @Test
  void withoutJava_oneSentenceSaysSo() throws Exception {
    ProcessBuilder launcher = new ProcessBuilder(tree.resolve("frostline").toString(), "version");
    Cli cli = CliProcess.run(launcher, Map.of("JAVA_HOME", folder.resolve("none").toString()));
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertTrue(cli.err().contains("Frostline needs Java 17 or newer"), cli.err());
    assertEquals(1, cli.err().lines().count());
  }

  private Cli version() throws Exception {
    return run(List.of(tree.resolve("frostline").toString(), "version"));
  }

  private Cli run(List<String> command) throws Exception {
    return CliProcess.run(
        new ProcessBuilder(command).directory(folder.toFile()),
        Map.of("JAVA_HOME", System.getProperty("java.home", "")));
  }

  private void later(String source) throws IOException {
    Path file = tree.resolve(source);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }

  private long builds() throws IOException {
    return Files.readAllLines(builds).size();
  }

  /** The class path of this test: in one jar that names it. */
  private static void jarClasses(Path lib) throws IOException {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            classPath.stream().map(path -> path.toUri().toString()).collect(joining(" ")));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(lib.resolveSibling("cli-0.1.0.jar")), manifest)) {
      jar.putNextEntry(new ZipEntry("frostline/"));
    }
    Path picocli =
        classPath.stream().filter(path -> path.toString().contains("picocli")).findFirst().get();
    Files.copy(picocli, lib.resolve(picocli.getFileName()));
  }
}
