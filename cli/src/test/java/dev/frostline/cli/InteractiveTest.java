package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real terminal: the Tab key completes, and progress is shown there and nowhere else. */
final class InteractiveTest {
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void takeTerminal() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(InteractiveTest.class.getResourceAsStream("terminal.py"))) {
      Files.copy(in, folder.resolve("terminal.py"));
    }
  }

  @ParameterizedTest
  @CsvSource({"bash, --rcfile", "zsh, --no-globalrcs"})
  void tab_completesCommandsOptionsAndValues(String shell, String option) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", shell)) || System.getenv("CI") != null,
        "No /usr/bin/" + shell);
    Path script =
        Files.writeString(folder.resolve("completion"), Cli.run("completion", shell).out());
    Path start = folder.resolve(".zshrc");
    Files.writeString(
        start, "source " + script + "\nfrostline() { echo \"ran: $*\"; exit; }\nPS1='READY> '\n");
    List<String> command = new ArrayList<>(List.of("/usr/bin/" + shell, option));
    if (shell.equals("bash")) {
      command.add(start.toString());
    }
    command.add("-i");
    String seen = seen("frostline expo\t checkout 4 --fo\t sp\t --acc\t 1\n", command);
    assertTrue(seen.contains("ran: export checkout 4 --format speedscope --account 1"), seen);
  }

  @Test
  void fish_completesCommandsOptionsAndValues() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/fish")) || System.getenv("CI") != null,
        "No /usr/bin/fish");
    Path script =
        Files.writeString(folder.resolve("frostline.fish"), Cli.run("completion", "fish").out());
    String asked =
        "source "
            + script
            + "; complete -C 'frostline expo'; complete -C 'frostline export --fo'"
            + "; complete -C 'frostline export --format sp'; complete -C 'frostline wrap pl'";
    Cli seen = CliProcess.run(new ProcessBuilder("/usr/bin/fish", "-c", asked), Map.of());
    assertEquals("", seen.err());
    assertEquals(
        List.of("export", "--format", "speedscope", "plan"),
        seen.out().lines().map(line -> line.replaceFirst("\t.*", "")).toList());
  }

  @Test
  void progress_isOnATerminalOnly() throws Exception {
    String[] ingest = {
      "ingest",
      Cli.shared("lambda-python/checkout-api/quiet/v4.ndjson.gz"),
      "--region",
      "eu-west-1",
      "--db"
    };
    String bar = "Reading 100%";
    String seen = seen("", onATerminal(ingest, "a.duckdb"));
    assertTrue(seen.contains(bar) && seen.contains("cold starts  34 new"), seen);
    Cli piped = CliProcess.run(CliProcess.of(folder, with(ingest, "b.duckdb")), Map.of());
    assertEquals(0, piped.exitCode(), piped.err());
    assertEquals("", piped.err());
    assertFalse(piped.out().contains("\u001b") || piped.out().contains(bar), piped.out());
  }

  /** Newer Javas have a console without a terminal, unless they are told as the script does. */
  private static List<String> onATerminal(String[] ingest, String store) {
    List<String> command = new ArrayList<>(CliProcess.of(folder, with(ingest, store)).command());
    command.add(1, "-Djdk.console=java.base");
    return command;
  }

  private static String[] with(String[] words, String last) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(last);
    return all.toArray(String[]::new);
  }

  private static String seen(String keys, List<String> command) throws Exception {
    List<String> all = new ArrayList<>(List.of("python3", "terminal.py", keys));
    all.addAll(command);
    Cli cli =
        CliProcess.run(
            new ProcessBuilder(all).directory(folder.toFile()),
            Map.of("ZDOTDIR", folder.toString(), "TERM", "xterm", "HOME", folder.toString()));
    assertEquals(0, cli.exitCode(), cli.out() + cli.err());
    return cli.out();
  }
}
