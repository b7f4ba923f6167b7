package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Java function cannot tell that the layer is there, whatever happens to either. */
@Tag("long")
final class JavaUnharmedIT {
  private static final String VERSIONS = "dev.frostline.layer.Jdk#versions";
  private static final String ODD = "a  b \"c\" 'd' $HOME * \\ é";

  private final Path folder;
  private final Layer layer;
  private final Path taskRoot;

  JavaUnharmedIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
    taskRoot = Jdk.functionsIn(Files.createDirectory(folder.resolve("task")));
  }

  private Path agent() {
    return layer.root().resolve("frostline/agent.jar");
  }

  private Path classes() {
    return agent().resolveSibling("agent-classes.jar");
  }

  private FunctionStart program(int version, String... options) throws Exception {
    String[] command = Arrays.copyOf(options, options.length + 5);
    System.arraycopy(
        new String[] {"-cp", taskRoot.toString(), "fn.Main", ODD, ""},
        0,
        command,
        options.length,
        5);
    return Jdk.ofVersion(version).start(taskRoot, command);
  }

  private Outcome assertUnharmed(FunctionStart start) throws Exception {
    Outcome wrapped = start.through(layer).run();
    assertEquals(start.run().asTheFunctionSeesIt(), wrapped.asTheFunctionSeesIt());
    return wrapped;
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void programs_seeTheirArgumentsAndEnd(int version) throws Exception {
    assertEquals("exit", assertUnharmed(program(version)).fields("end").get("why"));
    FunctionStart small = program(version, "-Xmx32m", "-XX:-UsePerfData");
    assertEquals("exit", assertUnharmed(small).fields("end").get("why"));
    FunctionStart full = program(version).with("SOME", "x y%".repeat(1000));
    assertUnharmed(full.with("JAVA_TOOL_OPTIONS", "-Dlong=" + "x".repeat(4000)));
    assertUnharmed(program(version).in(Path.of("/proc")));
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void initError_answersAsWithoutTheLayer(int version) throws Exception {
    for (String handler : List.of("fn.Broken", "fn.Missing", "fn.Orders::missing")) {
      try (RuntimeApiHost plain = new RuntimeApiHost("{}");
          RuntimeApiHost wrapped = new RuntimeApiHost("{}")) {
        Jdk jdk = Jdk.ofVersion(version);
        Outcome expected = jdk.function(taskRoot, plain, handler).runUntilAnswered(plain);
        Outcome outcome =
            jdk.function(taskRoot, wrapped, handler).through(layer).runUntilAnswered(wrapped);
        assertEquals(expected.asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
        assertEquals(withoutLines(plain.answer()), withoutLines(wrapped.answer()));
        assertEquals(plain.requests(), wrapped.requests());
        boolean asksForMore = wrapped.requests().get(0).startsWith("GET ");
        assertEquals(asksForMore ? "next" : "exit", outcome.fields("end").get("why"));
      }
    }
  }

  /** Nothing, half of it, zeros, a part overwritten, and one byte short. */
  private static List<byte[]> broken(byte[] whole) {
    byte[] garbled = whole.clone();
    Arrays.fill(garbled, whole.length / 3, whole.length / 2, (byte) 'x');
    return List.of(
        new byte[0],
        Arrays.copyOf(whole, whole.length / 2),
        new byte[9],
        garbled,
        Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void agentThatIsNotWhole_isLeftOut() throws Exception {
    for (byte[] broken : broken(Files.readAllBytes(agent()))) {
      Files.write(agent(), broken);
      Outcome outcome = assertUnharmed(program(17));
      assertEquals(List.of(), outcome.lines("begin"), broken.length + " bytes");
    }
  }

  @Test
  void classesThatAreNotWhole_areNotLoaded() throws Exception {
    for (byte[] broken : broken(Files.readAllBytes(classes()))) {
      Files.write(classes(), broken);
      Outcome outcome = assertUnharmed(program(17));
      assertEquals(1, outcome.lines("fault").size(), broken.length + " bytes");
      assertEquals(List.of(), outcome.lines("end"), broken.length + " bytes");
    }
    Files.delete(classes());
    assertEquals(1, assertUnharmed(program(17)).lines("fault").size(), "missing");
  }

  @Test
  void archivePartThatIsNotWhole_startsThePlainCommand() throws Exception {
    Path part = layer.root().resolve("frostline/wrapper/archive.bash");
    String good = Files.readString(part);
    FunctionStart start = program(17, "-XX:SharedArchiveFile=/no/such");
    assertEquals(1, assertUnharmed(start).lines("begin").size());
    for (String broken : List.of("", "fl_command=(", "if", good.substring(0, 600))) {
      Files.writeString(part, broken);
      assertEquals(List.of(), start.through(layer).run().lines("begin"), broken);
    }
    Files.delete(part);
    assertEquals(List.of(), assertUnharmed(start).lines("begin"), "missing");
  }

  @Test
  void agentThatCannotBeRead_isLeftOut() throws Exception {
    layer.without("agent.jar");
    assertEquals(program(17).run(), program(17).through(layer).heldToPermissions().run());
    Files.delete(agent());
    assertEquals(List.of(), assertUnharmed(program(17)).lines("begin"), "missing");
    Files.createDirectory(agent());
    assertEquals(List.of(), assertUnharmed(program(17)).lines("begin"), "a directory");
  }

  @Test
  void closedStderr_makesNoDifference() throws Exception {
    FunctionStart start = program(17);
    FunctionStart quiet = through(start, "exec \"$0\" \"$@\" 2>&-");
    FunctionStart wrapped = through(start.through(layer), "exec \"$0\" \"$@\" 2>&-");
    assertEquals(quiet.run(), wrapped.run());
  }

  @Test
  void sigtermInInit_endsItLikeThePlainStart_andSaysHowFarItCame() throws Exception {
    Path plain = folder.resolve("plain");
    Path wrapped = folder.resolve("wrapped");
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start = Jdk.ofVersion(17).function(taskRoot, host, "fn.Hangs");
      Outcome expected = start.with("SIGN_OF_LIFE", plain.toString()).runUntil(plain);
      Outcome outcome =
          start.with("SIGN_OF_LIFE", wrapped.toString()).through(layer).runUntil(wrapped);
      assertEquals(expected.asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
      assertEquals("exit", outcome.fields("end").get("why"));
      assertTrue(outcome.stderr().contains("| fn.Hangs\n"), outcome.stderr());
    }
  }

  @Test
  void deadlineOfInit_isMetWithWhatIsKnown() throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Path sign = folder.resolve("sign");
      FunctionStart start =
          Jdk.ofVersion(17)
              .function(taskRoot, host, "fn.Hangs", "-Dfrostline.test=1")
              .with("SIGN_OF_LIFE", sign.toString());
      List<String> command = new ArrayList<>(List.of("/usr/bin/timeout", "-s9", "11"));
      command.addAll(start.through(layer).command());
      Outcome outcome = new FunctionStart(command, start.environment(), start.directory()).run();
      assertEquals("deadline", outcome.fields("end").get("why"));
      assertTrue(outcome.stderr().contains("| fn.Hangs\n"), outcome.stderr());
    }
  }

  private static FunctionStart through(FunctionStart start, String script) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", script));
    command.addAll(start.command());
    return new FunctionStart(command, start.environment(), start.directory());
  }

  /** A stack trace numbers its reflection frames as it goes. */
  private static String withoutLines(String answer) {
    return answer.replaceAll("\\$\\$?[0-9A-Za-z/]*0x[0-9a-f]+", "");
  }
}
