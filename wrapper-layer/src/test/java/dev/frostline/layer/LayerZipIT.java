package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Lambda needs to find in the zip, so that /opt/bin/importtime_wrapper runs. */
final class LayerZipIT {
  private final Path folder;

  LayerZipIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void entries_areTheWrapperAndWhatItStarts() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(Layer.zip())) {
      List<String> names =
          Layer.files(zip).stream()
              .map(Path::toString)
              .filter(n -> !n.endsWith(".pyc"))
              .sorted()
              .toList();
      assertEquals(
          List.of(
              "/bin/importtime_wrapper",
              "/frostline/Frostline.StartupHook.dll",
              "/frostline/agent-classes.jar",
              "/frostline/agent.jar",
              "/frostline/node.cjs",
              "/frostline/node/bundle.cjs",
              "/frostline/node/es_modules.cjs",
              "/frostline/node/report.cjs",
              "/frostline/node/usage.cjs",
              "/frostline/preload.cjs",
              "/frostline/python/parts/by_hand.py",
              "/frostline/python/parts/packed.py",
              "/frostline/python/parts/pauses.py",
              "/frostline/python/parts/usage.py",
              "/frostline/python/sitecustomize.py",
              "/frostline/python/usercustomize.py",
              "/frostline/wrapper/archive.bash",
              "/frostline/wrapper/chain.bash",
              "/frostline/wrapper/dotnet.bash",
              "/frostline/wrapper/encode.bash",
              "/frostline/wrapper/java.bash",
              "/frostline/wrapper/node.bash",
              "/frostline/wrapper/old_bash.bash",
              "/frostline/wrapper/python.bash",
              "/frostline/wrapper/quiet.bash"),
          names);
    }
  }

  @Test
  void wrapper_isExecutableByEveryone() throws IOException {
    Map<String, Object> withModes = Map.of("enablePosixFileAttributes", true);
    try (FileSystem zip = FileSystems.newFileSystem(Layer.zip(), withModes)) {
      Path wrapper = zip.getPath("/bin/importtime_wrapper");
      assertEquals(
          "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(wrapper)));
    }
  }

  @Test
  void everyEntry_hasOneFixedTime() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(Layer.zip())) {
      Stream<Path> files = Layer.files(zip).stream();
      assertEquals(
          1, files.map(LayerZipIT::time).distinct().count(), "two builds are the same bytes");
    }
  }

  @Test
  void anotherBuild_isTheSameBytes() throws Exception {
    Path module = Path.of(System.getProperty("frostline.layer.sample")).resolveSibling("src");
    Path again = folder.resolve("frostline-layer.zip");
    List<String> build =
        List.of(
            Python.required().executable().toString(),
            module.resolve("build/build_layer.py").toString(),
            module.resolve("layer").toString(),
            again.toString(),
            folder.resolve("precompiled").toString());
    Outcome built = new FunctionStart(build, System.getenv(), folder).run();
    assertEquals(0, built.exitCode());
    assertEquals("", built.stdout(), "the first answer of a fresh checkout stands alone");
    assertEquals(-1, Files.mismatch(Layer.zip(), again));
  }

  /** By the version of the compiler that made it; another one may write other bytes. */
  @Test
  void dotnetHookOfTheRepository_isWhatItsSourcesCompileTo() throws Exception {
    assumeTrue(DotnetHookIT.compiler().contains("6.8.0.105"), "no mcs 6.8.0.105 is installed");
    Path sources = Path.of(System.getProperty("frostline.layer.sample")).resolveSibling("src");
    Path again = folder.resolve("src");
    for (String part : List.of("build", "dotnet")) {
      Files.createDirectories(again.resolve(part));
      try (Stream<Path> files = Files.list(sources.resolve(part))) {
        for (Path file : files.filter(f -> f.toString().matches(".*\\.(cs|py)")).toList()) {
          Files.copy(file, again.resolve(part).resolve(file.getFileName()));
        }
      }
    }
    String python = Python.required().executable().toString();
    List<String> compile = List.of(python, again.resolve("build/dotnet_hook.py").toString());
    assertEquals(0, new FunctionStart(compile, System.getenv(), folder).run().exitCode());
    for (String made : List.of("Frostline.StartupHook.dll", "Frostline.StartupHook.dll.sources")) {
      assertEquals(
          -1,
          Files.mismatch(
              sources.resolve("dotnet").resolve(made), again.resolve("dotnet").resolve(made)),
          made);
    }
  }

  @Test
  void buildsPython_hasACompiledHookThatIsNotChecked() throws Exception {
    Layer layer = Layer.unpackedTo(folder);
    String tag = "import sys; print(sys.implementation.cache_tag)";
    String name = FunctionStart.of(Python.required(), "-c", tag).run().stdout().strip();
    byte[] compiled =
        Files.readAllBytes(
            layer.hook().resolveSibling("__pycache__/sitecustomize." + name + ".pyc"));
    assertEquals(1, compiled[4], "PEP 552: hash-based, unchecked");
  }

  @Test
  void wrapperAndHook_nameTheBuildsVersion() throws IOException {
    Layer layer = Layer.unpackedTo(folder);
    String version = System.getProperty("frostline.layer.version");
    assertTrue(Files.readString(layer.wrapper()).contains(" layer=" + version + "${"));
    Path byHand = layer.hook().resolveSibling("parts/by_hand.py");
    assertTrue(Files.readString(byHand).contains("layer=\"" + version + "\""));
  }

  private static Object time(Path entry) {
    try {
      return Files.getLastModifiedTime(entry);
    } catch (IOException e) {
      throw new IllegalStateException(entry.toString(), e);
    }
  }
}
