package dev.frostline.cli.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.cli.program.Change;
import dev.frostline.cli.program.PythonBench;
import dev.frostline.cli.program.PythonCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one deferred import is seen to do, by runs of a real interpreter. */
final class ExperimentTest {
  @TempDir Path folder = Path.of(".");
  @TempDir Path bench = Path.of(".");

  private static final String CALLS = "\nfor n in range(5):\n  print(handler(n, None))\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `kept = None¶def handler(n, c):¶  global kept¶  kept = kept or big.f(1)¶  return kept` | 0 1 2 3 4
          `kept = {}¶def handler(n, c):¶  if n % 2:¶    kept[0] = kept.get(0) or big.f(1)` | 1 3
          `import pickle¶def handler(n, c):¶  if n in (1, 4):¶    return pickle.loads(b'cbig\\nf\\n.')(n)` | 1 4
          `def handler(n, c):¶  if n == 0:¶    return big.f(n)` | 0
          `import atexit¶atexit.register(lambda: big.f(1))¶def handler(n, c):¶  return n` | ``
          `def handler(n, c):¶  return big.f(n) if n == 2 else n¶def lambda_handler(n, c):¶  return handler(n, c)` | 2
          `class Shop:¶  def handler(self, n):¶    return big.f(n) if n > 2 else 0¶def handler(n, c):¶  return Shop().handler(n)` | 3 4
          """)
  void eventsThatNeedIt_areThoseThatWouldWhereTheyComeFirst(String text, String events)
      throws IOException {
    Trial trial = begun("import big\n" + text.replace('¶', '\n') + CALLS, "def f(n): return n\n");
    assertEquals(List.of(), trial.differences());
    assertEquals(5, trial.events());
    assertEquals(events, String.join(" ", trial.usedIn().stream().map(String::valueOf).toList()));
  }

  @Test
  void scriptThatCannotDoWithoutAnAnswer_isTakenAtItsWord() throws IOException {
    String text = "import big\ndef handler(n, c):\n  return {'n': big.f(n) if n == 2 else n}\n";
    Trial trial = begun(text + CALLS.replace("None)", "None)['n']"), "def f(n): return n\n");
    assertEquals(Set.of(2), trial.usedIn());
  }

  @Test
  void fileThatItsImportWrites_isMissedWhereItIsNotImported() throws IOException {
    String path = folder.resolve("made").toString();
    Trial trial =
        begun(
            "import big\nimport os\ndef handler(n, c):\n  return os.path.exists('"
                + path
                + "')\n"
                + CALLS,
            "open('" + path + "', 'w').close()\n");
    assertEquals(List.of(new Difference("standard output", "True", "False")), trial.differences());
  }

  @Test
  void whatItsImportPrints_isPrintedInInit_ofAHandlerToo() throws IOException {
    Files.writeString(folder.resolve("events.json"), "[0, 1]");
    Files.writeString(folder.resolve("big.py"), "print('once')\ndef f(n): return n\n");
    Files.writeString(
        folder.resolve("app.py"), "import big\ndef handler(n, c):\n  return n and big.f(n)\n");
    PythonCommand command =
        new PythonCommand(List.of("python3"), folder, "app.handler", folder.resolve("events.json"));
    assertEquals(
        List.of(new Difference("standard output", "once", "event 0")),
        begun(new PythonBench(command, bench, 60)).differences());
  }

  private Trial begun(String app, String big) throws IOException {
    Files.writeString(folder.resolve("app.py"), app);
    Files.writeString(folder.resolve("big.py"), big);
    PythonCommand command = new PythonCommand(List.of("python3", "app.py"), folder, null, null);
    return begun(new PythonBench(command, bench, 60));
  }

  private static Trial begun(PythonBench programs) throws IOException {
    Experiment experiment = new Experiment(programs, Change.NONE, change -> {});
    return experiment.begin(Change.defer(List.of("big")));
  }
}
