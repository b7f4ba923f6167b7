package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that writes 1.234,5 for 1,234.5 gives the same answers as any other. */
class LocaleTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void answers_areTheSame_inEveryLocale() throws Exception {
    String db = new MadeFleet(folder).file.toString();
    String[][] commands = {
      {"sql", "SELECT 1234.5, function, init_ms FROM cold_start ORDER BY ALL", "-o", "csv"},
      {"regressions", "--all"},
      {"functions"},
      {"explain", "heavy", "1..2"},
      {"report", "--week", "2026-W02", "-o", "text", "--out", "-"},
      {"doctor"},
    };
    for (String[] command : commands) {
      String[] words = java.util.Arrays.copyOf(command, command.length + 2);
      words[command.length] = "--db";
      words[command.length + 1] = db;
      Cli german =
          CliProcess.run(
              CliProcess.of(folder, words),
              Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=de -Duser.country=DE"));
      Cli here = Cli.run(words);
      assertEquals(here.exitCode(), german.exitCode(), german.err());
      assertEquals(here.out(), german.out(), command[0]);
    }
  }
}
