package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The programs of the shared data, with a real interpreter under the real layer. */
final class AdviceTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void importThatOneEventInFiveNeeds_isDeferred_andItsPatchRuns() throws Exception {
    Path code = copied("sometimes");
    JsonNode trial = whatIf(code, 0, "--defer", "docparse", "--", "python3", "app.py");
    assertEquals("helps", trial.path("outcome").asText());
    assertHolds(-60, trial.path("init_ci_ms"));
    assertEquals("[4,9]", trial.path("used_in_events").toString());
    assertHolds(60, trial.path("first_use_ci_ms"));
    assertTrue(trial.path("diff").asText().contains("+        import docparse\n"));
    assertTrue(Files.readString(code.resolve("app.py")).startsWith("import docparse\n"));
  }

  @Test
  void importThatTheProgramFeels_breaksIt_exitOne() throws Exception {
    Path code = copied("monkey-patch");
    JsonNode trial = whatIf(code, 1, "--defer", "ledgerlib", "--", "python3", "app.py");
    assertEquals("breaks", trial.path("outcome").asText());
    assertEquals("[\"standard output\"]", trial.path("differences").toString());
  }

  @Tag("long")
  @Test
  void droppedModuleThatIsNeeded_breaksTheHandlersAnswers() throws Exception {
    Path code = copied("always");
    JsonNode trial = whatIf(code, 1, "--drop", "plotters", handler(), "--events", "events.json");
    assertTrue(
        trial.path("differences").toString().contains("handler's answers"), trial.toString());
  }

  @Tag("long")
  @Test
  void compiledFiles_areHeldAgainstNone() throws Exception {
    Path code = copied("sometimes");
    StringBuilder long_ = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      long_.append("def f").append(i).append("(a, b=1):\n    return [a, b, {'x': a}]\n");
    }
    Files.writeString(code.resolve("docparse.py"), long_ + "def render(n):\n  return {'pdf': n}\n");
    JsonNode trial = whatIf(code, 0, "--pyc", "--", "python3", "app.py");
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
  }

  @Test
  @Tag("long")
  void whatIsLoadedByOtherMeansThanItsImport_isNeededByEachLaterEvent() throws Exception {
    Files.writeString(folder.resolve("prices.py"), loop(50) + "\n\nclass Price:\n  pass\n");
    Files.writeString(
        folder.resolve("app.py"),
        """
        import pickle

        import prices

        STORED = b"cprices\\nPrice\\n."


        def handler(event, context):
            return pickle.loads(STORED).__name__ if event else None
        """);
    Files.writeString(folder.resolve("events.json"), "[0, 1, 2, 3]");
    JsonNode trial = whatIf(folder, 0, "--defer", "prices", handler(), "--events", "events.json");
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
    assertEquals(0.75, trial.path("used_share").asDouble());
    Files.writeString(folder.resolve("events.json"), "[1, 2, 3]");
    trial = whatIf(folder, 0, "--defer", "prices", handler(), "--events", "events.json");
    assertEquals("moved", trial.path("outcome").asText(), trial.toString());
  }

  @Tag("long")
  @Test
  void search_findsWhatVanishesAlone_andWhatIsOnlyMoved() throws Exception {
    Path code = copied("package-init");
    JsonNode advice = advise(code, "--budget", "30s", handler(), "--events", "events.json");
    assertEquals(2, advice.path("tried").size(), advice.toString());
    assertEquals("helps", outcome(advice, "barcodes1.plots"));
    assertEquals("moved", outcome(advice, "barcodes1.core"));
    String diff = advice.path("diff").asText();
    assertTrue(diff.contains("+++ b/barcodes1/__init__.py"), diff);
    assertTrue(diff.contains("+def __getattr__(name):"), diff);
  }

  @Tag("long")
  @Test
  void importsThatBringTheSame_areTriedTogether_thoughOneCostsSomethingAlone() throws Exception {
    Files.writeString(folder.resolve("shared.py"), loop(30));
    Files.writeString(folder.resolve("left.py"), loop(10) + "from shared import *\n");
    Files.writeString(folder.resolve("right.py"), "from shared import *\n");
    Files.writeString(
        folder.resolve("app.py"), "import left, right\ndef handler(n, c):\n  return n\n");
    Files.writeString(folder.resolve("events.json"), "[0, 1]");
    JsonNode advice = advise(folder, "--budget", "30s", handler(), "--events", "events.json");
    JsonNode trial = advice.path("tried").path(1);
    assertEquals("[\"left\",\"right\"]", trial.path("modules").toString(), advice.toString());
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
    assertEquals("helps", outcome(advice, "left"), advice.toString());
    assertTrue(advice.path("diff").asText().contains("-import left, right\n"));
  }

  @Tag("long")
  @Test
  void manySmallImports_areTriedTogether_withoutTheOneThatBreaksTheProgram() throws Exception {
    StringBuilder imports = new StringBuilder();
    for (int i = 10; i < 40; i++) {
      imports.append("import part").append(i).append('\n');
      Files.writeString(
          folder.resolve("part" + i + ".py"), loop(3) + (i == 21 ? "print(1)\n" : ""));
    }
    Files.writeString(folder.resolve("app.py"), imports + "def handler(n, c):\n  return n\n");
    Files.writeString(folder.resolve("events.json"), "[0, 1]");
    JsonNode advice = advise(folder, "--budget", "40s", handler(), "--events", "events.json");
    String diff = advice.path("diff").asText();
    long gone = diff.lines().filter(line -> line.startsWith("-import part")).count();
    assertTrue(gone > 20, advice.toString());
    assertTrue(diff.contains(" import part21\n"), diff);
  }

  @Tag("long")
  @Test
  void importThatTwoOthersBring_isTriedThoughBothAre() throws Exception {
    Files.writeString(folder.resolve("shared.py"), loop(30) + "def of(n): return n\n");
    Files.writeString(folder.resolve("left.py"), loop(10) + "import shared\n");
    Files.writeString(
        folder.resolve("right.py"), loop(10) + "import shared\ndef of(n): return shared.of(n)\n");
    Files.writeString(
        folder.resolve("app.py"), "import left, right\ndef handler(n, c):\n  return right.of(n)\n");
    Files.writeString(folder.resolve("events.json"), "[0, 1]");
    JsonNode advice = advise(folder, "--budget", "30s", handler(), "--events", "events.json");
    assertEquals("helps", outcome(advice, "left"), advice.toString());
    assertEquals("moved", outcome(advice, "right"), advice.toString());
    assertEquals("moved", outcome(advice, "shared"), advice.toString());
  }

  /** Python that takes so many CPU ms. */
  private static String loop(int millis) {
    return "import time\nend = time.process_time() + %s\n".formatted(millis / 1000.0)
        + "while time.process_time() < end:\n  pass\n";
  }

  @Tag("long")
  @Test
  void modulesOfOnePackage_areTriedThemselves_thoughThePackageIsImportedToo() throws Exception {
    Path shop = Files.createDirectories(folder.resolve("shop"));
    String loop = loop(30) + "def of(n): return n\n";
    Files.writeString(shop.resolve("__init__.py"), "");
    Files.writeString(shop.resolve("pdf.py"), loop);
    Files.writeString(shop.resolve("xml.py"), loop);
    Files.writeString(
        folder.resolve("app.py"),
        "import shop.pdf, shop.xml\ndef handler(n, c):\n  return shop.pdf.of(n) if n else n\n");
    Files.writeString(folder.resolve("events.json"), "[0, 1]");
    JsonNode advice = advise(folder, "--budget", "60s", handler(), "--events", "events.json");
    assertEquals("", outcome(advice, "shop"), advice.toString());
    assertEquals("helps", outcome(advice, "shop.pdf"));
    assertEquals("helps", outcome(advice, "shop.xml"));
  }

  @Test
  void whatInitNeeds_isToldWithItsLine_andNotTried() throws Exception {
    JsonNode advice = advise(copied("base-class"), "--", "python3", "app.py");
    assertEquals("", advice.path("diff").asText());
    assertEquals(0, advice.path("tried").size());
    JsonNode untried = advice.path("untried").path(0);
    assertEquals("needed", untried.path("outcome").asText());
    assertEquals("app.py line 4: Order is made from it", untried.path("why").asText());
  }

  @Tag("long")
  @Test
  void patch_isWritten_andGitAppliesIt() throws Exception {
    Path code = copied("error-branch");
    Path app = code.resolve("app.py");
    String umlauts = "# coding: latin-1\n# Gr\u00fc\u00dfe\n" + Files.readString(app);
    Files.writeString(app, umlauts, StandardCharsets.ISO_8859_1);
    Cli cli =
        run(code, "advise", "--budget", "1s", "--patch", "faster.diff", "--", "python3", "app.py");
    assertEquals(0, cli.exitCode(), cli.err());
    assertTrue(cli.out().contains("pdfkit2: defer"), cli.out());
    Cli applied =
        CliProcess.run(
            new ProcessBuilder("git", "apply", "faster.diff").directory(code.toFile()), Map.of());
    assertEquals(0, applied.exitCode(), applied.err());
    String patched = Files.readString(app, StandardCharsets.ISO_8859_1);
    assertTrue(patched.contains("Gr\u00fc\u00dfe\n"), patched);
    assertTrue(patched.contains("        import pdfkit2\n"), patched);
  }

  @Tag("long")
  @Test
  void tracebacksThatQuoteTheFile_areNoOtherBehaviour() throws Exception {
    Path code = copied("sometimes");
    Files.writeString(
        code.resolve("app.py"),
        """
        import docparse
        import logging
        import sys
        import traceback
        import warnings


        def handler(event, context):
            if event["kind"] == "pdf":
                docparse.render(1)
                try:
                    return docparse.nothing()
                except AttributeError:
                    logging.exception("failed")
                    traceback.print_exc(file=sys.stdout)
                    warnings.warn("old", DeprecationWarning)
                    return {"trace": traceback.format_exc()}
            return event
        """);
    JsonNode trial = whatIf(code, 0, "--defer", "docparse", handler(), "--events", "events.json");
    assertEquals("helps", trial.path("outcome").asText(), trial.toString());
  }

  @Tag("long")
  @Test
  void sampleOfTheDemo_isPlayedByItsOwnRuntimeClient() throws Exception {
    Path sample = Path.of(System.getProperty("frostline.layer.sample", "../wrapper-layer/sample"));
    List<String> words = new ArrayList<>(CliProcess.of(folder).command());
    words.addAll(List.of("what-if", "--defer", "catalog.patterns", "--runs", "12", "-o", "json"));
    words.addAll(List.of("--", "python3", sample.toAbsolutePath().resolve("bootstrap.py") + ""));
    String root = sample.toAbsolutePath().resolve("v2").toString();
    Cli cli =
        CliProcess.run(
            new ProcessBuilder(words).directory(folder.toFile()),
            Map.of("_HANDLER", "app.handler", "LAMBDA_TASK_ROOT", root));
    assertEquals(0, cli.exitCode(), cli.err());
    JsonNode trial = cli.json().path("trial");
    assertEquals(1, trial.path("events").asInt());
    assertEquals("moved", trial.path("outcome").asText(), trial.toString());
  }

  @Test
  @Tag("long")
  void store_givesTheRate_andCandidatesWithoutAProgram() throws Exception {
    String db = folder.resolve("store.duckdb").toString();
    String log = Cli.shared("lambda-python/checkout-api/quiet/v5.ndjson.gz");
    assertEquals(0, Cli.run("ingest", "--db", db, log).exitCode());
    Cli candidates = Cli.run("advise", "--db", db, "-f", "checkout-api", "-o", "json");
    JsonNode first = candidates.json().path("rows").path(0);
    assertEquals("sqlalchemy", first.path("module").asText(), candidates.err());
    assertTrue(first.path("at_most_ms").asDouble() > 50, first.toString());
    String[] options = {"--budget=1s", "--db=" + db, "-f=checkout-api", "--", "python3", "app.py"};
    JsonNode advice = advise(copied("unused"), options);
    assertEquals(34, advice.path("starts_per_week").asInt());
    assertTrue(advice.path("tried").path(0).path("usd_per_month").asDouble() <= 0);
    assertEquals(3, Cli.run("advise", "--db", db, "-f", "nobody", "--", "python3").exitCode());
  }

  /** Two modules of a library ask for its plots; it was installed beside the program. */
  @Test
  void importThatALibraryNeedsNot_isDeferredThere_andNoPartOfThePatch() throws Exception {
    Path lib = Files.createDirectories(folder.resolve("charts"));
    Files.createDirectory(folder.resolve("charts-1.0.dist-info"));
    Files.writeString(
        folder.resolve("charts-1.0.dist-info/RECORD"), "charts/__init__.py,sha256=0,9\n");
    Files.writeString(
        lib.resolve("__init__.py"),
        "from . import plots, axes\n\n\ndef answer(n):\n    return plots.draw() if n < 0 else n\n");
    Files.writeString(
        lib.resolve("axes.py"), "from .plots import draw\n\n\ndef axis():\n    return draw()\n");
    Files.writeString(
        lib.resolve("plots.py"),
        """
        import time
        end = time.process_time() + 0.08
        while time.process_time() < end:
            pass


        def draw():
            return 1
        """);
    Files.writeString(
        folder.resolve("app.py"),
        "import charts\n\n\ndef handler(event, context):\n    return charts.answer(event)\n");
    Files.writeString(folder.resolve("events.json"), "[1, 2]");
    JsonNode advice = advise(folder, "--budget=10s", handler(), "--events=events.json");
    JsonNode found = advice.path("libraries").path(0);
    assertEquals("[\"charts.plots\"]", found.path("modules").toString(), advice.toString());
    assertEquals("helps", found.path("outcome").asText(), advice.toString());
    assertHolds(-80, found.path("init_ci_ms"));
    String diff = found.path("diff").asText();
    assertTrue(diff.contains("charts/__init__.py") && diff.contains("charts/axes.py"), diff);
    assertEquals("", advice.path("diff").asText());
    assertEquals("[]", advice.path("together").toString());
  }

  /** Told by environments of a real interpreter, behind a client that asks for two events. */
  @Test
  void whatRanNoCodeInProduction_isToldWithItsShare() throws Exception {
    Path python = watchedPython();
    Path client = Files.createDirectories(folder.resolve("awslambdaric"));
    Files.writeString(client.resolve("__init__.py"), "");
    Files.writeString(
        client.resolve("lambda_runtime_client.py"),
        "class LambdaRuntimeClient:\n  def wait_next_invocation(self):\n    return {}\n");
    String loop = "sum(range(300000))\n";
    Files.writeString(folder.resolve("idle.py"), loop + "def never():\n  return 1\n");
    Files.writeString(folder.resolve("busy.py"), loop + "def answer():\n  return 1\n");
    Files.writeString(
        folder.resolve("app.py"),
        """
        import importlib
        ric = importlib.import_module("awslambdaric.lambda_runtime_client")
        import idle
        busy = importlib.import_module("busy")  # as the client loads a handler
        client = ric.LambdaRuntimeClient()
        for _ in range(3):
            client.wait_next_invocation()
            busy.answer()
        """);
    List<String> trace = new ArrayList<>(CliProcess.of(folder).command());
    trace.addAll(List.of("trace", "-f", "shop", "--runs=4", "--", python.toString(), "app.py"));
    Cli traced =
        CliProcess.run(
            new ProcessBuilder(trace).directory(folder.toFile()), Map.of("FROSTLINE_USAGE", "1"));
    assertEquals(0, traced.exitCode(), traced.err());
    Cli told = run(folder, "advise", "-f", "shop");
    assertTrue(
        told.out()
            .contains(
                "Ran no code after init in 4 environments, so in at most 52.7 % of them (95 %):"
                    + " idle "),
        told.out() + told.err());
    assertFalse(told.out().contains(": busy"), told.out());
  }

  @Test
  void whatCannotBeTried_isSaid() throws Exception {
    Path code = copied("sometimes");
    assertSaid(code, 2, "Give one change", "what-if", "--", "python3", "app.py");
    assertSaid(code, 2, "is no Python", "what-if", "--pyc", "--", "ruby", "app.rb");
    assertSaid(code, 2, "There is no app.js here", "advise", "--", "node", "app.js");
    assertSaid(code, 2, "directly behind", "what-if", "--pyc", "--", "python3", "-u", "app.py");
    assertSaid(code, 2, "There is no script b.py", "what-if", "--pyc", "--", "python3", "b.py");
    assertSaid(code, 2, "belong together", "advise", "--handler", "app.handler");
    assertSaid(
        code, 2, "--budget is a time", "advise", "--budget", "long", "--", "python3", "b.py");
    assertSaid(
        code,
        2,
        "Nothing of the program imports xml",
        "what-if",
        "--defer",
        "xml",
        "--",
        "python3",
        "app.py");
    Files.writeString(code.resolve("cut.json"), "[{\"n\": 1},\n");
    assertSaid(code, 4, "cut.json line 2 is no JSON", "advise", "--events", "cut.json", handler());
    Files.writeString(code.resolve("app.py"), "print(1)\n");
    String[] words = {"advise", "--patch", "no/such.diff", "--", "python3", "app.py"};
    assertSaid(code, 4, "Cannot write the patch no/such.diff: ", words);
    Files.writeString(code.resolve("app.py"), "raise SystemExit('no database')\n");
    assertSaid(
        code,
        4,
        "exit code 1: no database",
        "what-if",
        "--defer",
        "csv",
        "--",
        "python3",
        "app.py");
    try (Stream<Path> left = Files.list(code)) {
      assertFalse(left.anyMatch(file -> file.toString().contains("frostline")));
    }
  }

  /** One that can watch which code runs: 3.12 and newer, of the PATH or of pyenv. */
  private static Path watchedPython() throws Exception {
    List<Path> folders = new ArrayList<>();
    for (String path : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(path));
    }
    Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv/versions");
    if (Files.isDirectory(pyenv)) {
      try (Stream<Path> versions = Files.list(pyenv)) {
        versions.map(version -> version.resolve("bin")).sorted().forEach(folders::add);
      }
    }
    for (Path folder : folders) {
      for (String name : List.of("python3", "python3.12", "python3.13")) {
        Path python = folder.resolve(name);
        if (Files.isExecutable(python)) {
          ProcessBuilder asked =
              new ProcessBuilder(python.toString(), "-c", "import sys; sys.monitoring");
          if (CliProcess.run(asked, Map.of()).exitCode() == 0) {
            return python;
          }
        }
      }
    }
    throw new TestAbortedException("no Python 3.12 or newer");
  }

  private static String handler() {
    return "--handler=app.handler";
  }

  private static String outcome(JsonNode advice, String module) {
    for (JsonNode trial : advice.path("tried")) {
      if (trial.path("modules").path(0).asText().equals(module)) {
        return trial.path("outcome").asText();
      }
    }
    return "";
  }

  private static void assertHolds(double truth, JsonNode interval) {
    double low = interval.path(0).asDouble();
    double high = interval.path(1).asDouble();
    assertTrue(low <= truth && truth <= high, interval.toString());
  }

  private void assertSaid(Path code, int exit, String words, String... command) throws Exception {
    Cli cli = run(code, command);
    assertEquals(exit, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(words), cli.err());
  }

  private JsonNode whatIf(Path code, int exit, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("what-if", "--runs", "12", "-o", "json"));
    words.addAll(List.of(options));
    Cli cli = run(code, words.toArray(new String[0]));
    assertEquals(exit, cli.exitCode(), cli.out() + cli.err());
    JsonSchemasTest.assertValid("what-if", cli.json());
    return cli.json().path("trial");
  }

  private JsonNode advise(Path code, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("advise", "-o", "json"));
    words.addAll(List.of(options));
    Cli cli = run(code, words.toArray(new String[0]));
    assertEquals(0, cli.exitCode(), cli.err());
    JsonSchemasTest.assertValid("advise", cli.json());
    return cli.json();
  }

  private static Cli run(Path code, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(CliProcess.of(code).command());
    command.addAll(List.of(words));
    return CliProcess.run(new ProcessBuilder(command).directory(code.toFile()), Map.of());
  }

  private Path copied(String name) throws IOException {
    return copied(name, folder);
  }

  /** A program of the shared data in a folder of its own. */
  static Path copied(String name, Path folder) throws IOException {
    Path from = Path.of(Cli.shared("advice/" + name));
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(one -> !one.toString().contains("__pycache__")).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(target)) {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }
}
