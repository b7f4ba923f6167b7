package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.layer.ImportTree.Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the layer adds to -X importtime: the handler's own row, the end of init, packed rows. */
@Tag("long")
final class HandlerTimingIT {
  /**
   * Between our clock and CPython's stands a call or two, where a busy machine may stop the
   * process.
   */
  private static final long SLACK_MICROS = 25_000;

  private final Layer layer;

  HandlerTimingIT(@TempDir Path folder) throws IOException {
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  private Outcome start(String version, String deployment) throws Exception {
    return Functions.sample(Python.ofVersion(version), deployment).through(layer).run();
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void handler_hasARowAboveItsImports(String version) throws Exception {
    ImportTree tree = ImportTree.read(start(version, "v2").rows());
    Module handler = tree.named("app");
    assertTrue(handler.byName());
    assertTrue(
        handler.kids().stream().anyMatch(kid -> kid.name().equals("catalog")), handler.toString());
    assertTrue(
        handler.kids().stream().noneMatch(kid -> kid.name().equals("site")), handler.toString());
    assertSums(tree);
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void loadsByNameWithinImports_addUp(String version) throws Exception {
    Python python = Python.ofVersion(version);
    ImportTree tree =
        ImportTree.read(
            FunctionStart.of(python, Functions.script("nested.py")).through(layer).run().rows());
    assertEquals("inner", tree.named("top").kids().get(0).name());
    assertEquals(
        List.of("deep", "colorsys"),
        tree.named("inner").kids().stream().map(Module::name).toList());
    assertEquals("leaf", tree.named("deep").kids().get(1).name());
    assertTrue(tree.named("leaf").self() >= 50_000, "slept for 50 ms");
    assertTrue(
        tree.named("inner").self()
            >= 15_000, // it may be interrupted between CPython's clock and ours
        "slept for 20 ms: " + tree.named("inner"));
    assertTrue(
        tree.named("inner").printedSelf() >= 70_000,
        "CPython counts what was loaded by name to its caller");
    assertSums(tree);
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void pause_isARowWhereItFell(String version) throws Exception {
    FunctionStart start =
        FunctionStart.of(Python.ofVersion(version), Functions.script("pausing.py"))
            .with("FROSTLINE_PYTHON_GC", "1");
    ImportTree tree = ImportTree.read(start.through(layer).run().rows());
    Module garbage = tree.named("garbage");
    assertTrue(
        garbage.kids().stream().anyMatch(kid -> kid.isPause() && kid.self() >= 1_000),
        garbage.toString());
    assertTrue(garbage.self() >= 0, garbage.toString());
    assertSums(tree);
    String packed =
        start
            .with("AWS_LAMBDA_LOG_FORMAT", "JSON")
            .with("AWS_LAMBDA_LOG_LEVEL", "ERROR")
            .through(layer)
            .run()
            .lines("pack")
            .toString();
    assertTrue(
        packed.matches(
            ".*;gc/1:\\d{4,}:\\d{4,}:\\(garbage collection\\);(?:gc/1:\\S+"
                + " collection\\);)*0:\\d+:\\d+:garbage.*"),
        packed);
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void end_isTheFirstRequestForAnEvent(String version) throws Exception {
    Map<String, String> end = start(version, "v1").fields("end");
    assertEquals("next", end.get("why"));
    for (String key :
        List.of(
            "init_us", "utime_us", "own_us", "majflt", "inblock", "nvcsw", "nivcsw", "stime_us")) {
      assertTrue(end.getOrDefault(key, "").matches("\\d+"), key + " in " + end);
    }
    assertFalse(end.containsKey("gc_us"), "not asked for: " + end);
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void end_tellsTheHostAsGetrusageDoes(String version) throws Exception {
    FunctionStart start = FunctionStart.of(Python.ofVersion(version), Functions.script("usage.py"));
    Outcome outcome = start.through(layer).run();
    Map<String, String> end = outcome.fields("end");
    List<Long> told = new ArrayList<>();
    for (String key : List.of("majflt", "inblock", "nvcsw", "nivcsw", "utime_us", "stime_us")) {
      told.add(Long.valueOf(end.getOrDefault(key, "-1")));
    }
    told.set(4, told.get(4) + told.remove(5));
    List<Long> used = Stream.of(outcome.stdout().strip().split(" ")).map(Long::valueOf).toList();
    assertTrue(used.get(2) >= 30, "slept 30 times: " + used);
    long[] untilTheEnd = {30, 1_000, 30, 1_000, 150_000};
    for (int k = 0; k < untilTheEnd.length; k++) {
      long more = told.get(k) - used.get(k);
      assertTrue(more >= 0 && more < untilTheEnd[k], k + " of " + told + " after " + used);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void end_askedOrPacked_tellsOfGarbageCollections(String version) throws Exception {
    FunctionStart start = Functions.sample(Python.ofVersion(version), "v1");
    FunctionStart packed =
        start.with("AWS_LAMBDA_LOG_FORMAT", "JSON").with("AWS_LAMBDA_LOG_LEVEL", "FATAL");
    for (FunctionStart asked : List.of(start.with("FROSTLINE_PYTHON_GC", "1"), packed)) {
      Map<String, String> end = asked.through(layer).run().fields("end");
      assertTrue((end.get("gc_us") + end.get("gc_n")).matches("\\d+"), end.toString());
    }
  }

  @Test
  void fingerprint_tellsTheCodeOfLatestApart() throws Exception {
    String one = start("3", "v1").fields("end").getOrDefault("fp", "");
    assertTrue(one.matches("[0-9a-f]{16}"), one);
    assertEquals(one, start("3", "v1").fields("end").get("fp"));
    assertNotEquals(one, start("3", "v2").fields("end").get("fp"));
    FunctionStart published =
        Functions.sample(Python.required(), "v1").with("AWS_LAMBDA_FUNCTION_VERSION", "4");
    assertFalse(published.through(layer).run().fields("end").containsKey("fp"));
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void jsonLogsAboveInfo_getOnePackedEvent(String version) throws Exception {
    FunctionStart quiet =
        Functions.sample(Python.ofVersion(version), "v2")
            .with("AWS_LAMBDA_LOG_FORMAT", "JSON")
            .with("AWS_LAMBDA_LOG_LEVEL", "WARN")
            .with("FROSTLINE_DEPLOYMENT", "a\"b\\c");
    Outcome outcome = quiet.through(layer).run();
    assertEquals(quiet.run().asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
    assertEquals(List.of(), outcome.rows());
    assertEquals("packed", outcome.fields("begin").get("mode"));
    assertEquals("1/1", outcome.fields("pack").get("part"));
    assertTrue(outcome.lines("pack").get(0).startsWith("{\"timestamp\":\"20"));
    assertTrue(
        outcome.lines("pack").get(0).matches(".*;1:\\d+:\\d+:catalog;.*0:\\d+:\\d+:app[;\"].*"));
    Map<String, String> end = outcome.fields("end");
    assertEquals("next", end.get("why"));
    assertEquals("1", end.get("threads"));
    int records = outcome.lines("pack").get(0).split(";", -1).length;
    assertEquals(records, Integer.parseInt(end.get("records")));
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void manyRows_arePackedInParts_whateverTheNames(String version) throws Exception {
    for (String odd : List.of("usual", "gr\u00f6\u00dfe", "a;b%c")) {
      List<String> lines =
          FunctionStart.of(
                  Python.ofVersion(version),
                  Functions.script("many.py"),
                  odd.replace("\u00f6\u00df", "\\xf6\\xdf"))
              .with("AWS_LAMBDA_LOG_FORMAT", "JSON")
              .with("AWS_LAMBDA_LOG_LEVEL", "WARN")
              .through(layer)
              .run()
              .lines("pack");
      assertTrue(lines.size() > 1, lines.toString());
      assertTrue(lines.get(0).contains("part=1/" + lines.size()), lines.get(0));
      assertTrue(lines.stream().allMatch(line -> line.length() < 31_000));
      List<String> records =
          lines.stream()
              .flatMap(line -> Stream.of(rowsOf(line).split(";")))
              .filter(record -> !record.startsWith("gc/"))
              .map(record -> record.replaceFirst("0:\\d+:\\d+:", ""))
              .dropWhile(record -> !record.startsWith("made_"))
              .toList();
      List<String> wanted = new ArrayList<>();
      IntStream.range(0, 1500).forEach(n -> wanted.add("made_%06d".formatted(n)));
      wanted.add(odd.replace("%", "%25").replace(";", "%3B"));
      assertEquals(wanted, records.subList(0, 1501));
    }
  }

  private static String rowsOf(String line) {
    return line.substring(line.indexOf("enc=text ") + "enc=text ".length(), line.length() - 2);
  }

  private static void assertSums(ImportTree tree) {
    long self = tree.all().mapToLong(Module::self).sum();
    long cumulative = tree.roots().stream().mapToLong(Module::cumulative).sum();
    assertTrue(Math.abs(cumulative - self) < SLACK_MICROS, self + " of " + cumulative);
  }
}
