package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function's own archive of classes is worth more than a trace: it stays of use. */
@Tag("long")
final class JavaArchiveIT {
  private final Path folder;
  private final Layer layer;
  private final Path jar;

  JavaArchiveIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
    Path taskRoot = Jdk.functionsIn(Files.createDirectory(folder.resolve("task")));
    jar = folder.resolve("fn.jar");
    List<String> command =
        List.of(
            Jdk.ofVersion(17).home().resolve("bin/jar").toString(),
            "--create",
            "--file=" + jar,
            "-C",
            taskRoot.toString(),
            ".");
    assertEquals(0, new FunctionStart(command, Map.of(), folder).run().exitCode());
  }

  private FunctionStart program(int version, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(List.of("-cp", jar.toString(), "fn.Main", "x"));
    return Jdk.ofVersion(version)
        .start(folder, command.toArray(String[]::new))
        .with("AWS_EXECUTION_ENV", "AWS_Lambda_java" + version);
  }

  /** How many classes came out of an archive, by the JVM's own list. */
  private static long shared(Path list) throws Exception {
    return Files.readString(list)
        .lines()
        .filter(line -> line.contains("source: shared objects file"))
        .count();
  }

  private Outcome assertSharesAsMuch(int version, String archive) throws Exception {
    Path plainList = folder.resolve("plain.log");
    Path wrappedList = folder.resolve("wrapped.log");
    Outcome plain = program(version, archive, "-Xlog:class+load:file=" + plainList).run();
    Outcome wrapped =
        program(version, archive, "-Xlog:class+load:file=" + wrappedList).through(layer).run();
    assertEquals(plain.asTheFunctionSeesIt(), wrapped.asTheFunctionSeesIt());
    assertTrue(shared(wrappedList) >= shared(plainList), archive);
    String list = Files.readString(wrappedList);
    assertTrue(list.lines().anyMatch(l -> l.matches(".*fn.Slow source: shared .*")), list);
    return wrapped;
  }

  @Test
  void ownArchiveOn17_isSampledAndStays() throws Exception {
    Path archive = folder.resolve("fn.jsa");
    assertEquals(0, program(17, "-XX:ArchiveClassesAtExit=" + archive).run().exitCode());
    Outcome outcome = assertSharesAsMuch(17, "-XX:SharedArchiveFile=" + archive);
    assertEquals("sample", outcome.fields("begin").get("mode"));
    assertEquals("kept", outcome.fields("begin").get("aot"));
    assertTrue(outcome.stderr().contains("| fn.Slow\n"), outcome.stderr());
  }

  @Test
  void makingAnArchive_isNotDisturbed() throws Exception {
    Path archive = folder.resolve("made.jsa");
    Outcome outcome = program(17, "-XX:ArchiveClassesAtExit=" + archive).through(layer).run();
    assertEquals("off", outcome.fields("begin").get("mode"));
    assertTrue(Files.size(archive) > 0);
  }

  @Test
  void ownArchiveOn25_keepsTheAgentAway() throws Exception {
    Path archive = folder.resolve("fn.jsa");
    assertEquals(0, program(25, "-XX:ArchiveClassesAtExit=" + archive).run().exitCode());
    Outcome outcome = assertSharesAsMuch(25, "-XX:SharedArchiveFile=" + archive);
    assertEquals("off", outcome.fields("begin").get("mode"));
  }

  @Test
  void aotCacheOn25_keepsTheAgentAway() throws Exception {
    Path cache = folder.resolve("fn.aot");
    assertEquals(0, program(25, "-XX:AOTCacheOutput=" + cache).run().exitCode());
    Outcome outcome = assertSharesAsMuch(25, "-XX:AOTCache=" + cache);
    assertEquals("off", outcome.fields("begin").get("mode"));
    assertEquals("kept", outcome.fields("begin").get("aot"));
    assertEquals(List.of(), outcome.lines("end"));
  }

  @Test
  void archiveNamedInVariables_counts() throws Exception {
    FunctionStart start = program(17).with("JDK_JAVA_OPTIONS", "-XX:SharedArchiveFile=/no/such");
    assertEquals("sample", start.through(layer).run().fields("begin").get("mode"));
    Path options = Files.writeString(folder.resolve("options"), "-Dx=1");
    Outcome outcome = program(17, "@" + options).through(layer).run();
    assertEquals("off", outcome.fields("begin").get("mode"), "a file may name one as well");
  }

  @Test
  void askedForByName_itIsAttachedAndSaysWhatIsLost() throws Exception {
    FunctionStart start =
        program(17, "-XX:SharedArchiveFile=/no/such").with("FROSTLINE_JAVA", "clinit");
    Outcome outcome = start.through(layer).run();
    assertEquals("clinit", outcome.fields("begin").get("mode"));
    assertEquals("lost", outcome.fields("begin").get("aot"));
  }

  @Test
  void runtimesOwnCache_isDroppedInSampledStartsOnly() throws Exception {
    String option = "-XX:AOTCache=/var/lang/lib/server/runtime.aot";
    Outcome kept = program(25, option).through(layer).run();
    assertEquals("off", kept.fields("begin").get("mode"));
    for (int i = 0; i < 40; i++) {
      Outcome outcome = program(25, option).with("FROSTLINE_SAMPLE", "2").through(layer).run();
      if (!outcome.lines("begin").isEmpty()) {
        assertEquals("dropped", outcome.fields("begin").get("aot"));
        assertEquals("clinit", outcome.fields("begin").get("mode"));
        return;
      }
    }
    throw new AssertionError("none of 40 starts was picked");
  }
}
