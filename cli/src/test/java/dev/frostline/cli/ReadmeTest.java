package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README's commands, word by word from an empty folder, and every command of the documents. */
@Tag("alone")
final class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("frostline.root", ".."));
  private static final Pattern BLOCK = Pattern.compile("(?s)```(sh)?\\R(.*?)```");
  private static final Pattern INLINE = Pattern.compile("`(frostline [a-z][^`]*)`");
  @TempDir Path folder = Path.of(".");

  /** One shell runs all of its blocks marked {@code sh}; a comment says where a command fails. */
  @Test
  void readme_runsWordByWord() throws Exception {
    List<String> command = CliProcess.of(folder, "\"$@\"").command();
    command.remove(command.size() - 1);
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path frostline =
        Files.writeString(
            bin.resolve("frostline"),
            "#!/bin/sh\nexec '" + String.join("' '", command) + "' \"$@\"\n");
    assertTrue(frostline.toFile().setExecutable(true));
    StringBuilder script = new StringBuilder("set -e\n");
    int commands = 0;
    for (String line : lines("README.md", true)) {
      Matcher fails = Pattern.compile("(.*?)\\s*# exit (\\d)").matcher(line);
      script.append("echo '$ ").append(line.replace("'", "'\\''")).append("'\n");
      script.append(
          fails.matches()
              ? fails.group(1) + " && exit 99 || [ $? -eq " + fails.group(2) + " ]\n"
              : line + "\n");
      commands += line.startsWith("frostline ") ? 1 : 0;
    }
    assertTrue(commands >= 3, script.toString());
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", script.toString())
            .directory(Files.createDirectories(folder.resolve("work")).toFile())
            .redirectErrorStream(true);
    String path = bin + ":" + System.getenv("PATH");
    Cli run = CliProcess.run(shell, Map.of("PATH", path, "HOME", folder.toString()));
    assertEquals(0, run.exitCode(), run.out());
    assertTrue(run.out().contains("asyncio"), run.out());
    assertTrue(run.out().contains("\n ▲  shop"), run.out());
    assertTrue(run.out().contains("catalog.patterns deferred: helps"), run.out());
    assertTrue(run.out().matches("(?s).*Wrote shop-[0-9a-f]{12}\\.\\.work-tree-.*"), run.out());
    try (Stream<Path> written = Files.list(folder.resolve("work/shop"))) {
      assertTrue(written.anyMatch(file -> file.toString().endsWith(".html")), run.out());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCommandOfTheDocuments_isOne() throws IOException {
    Set<String> commands = new LinkedHashSet<>();
    for (String document :
        List.of(
            "README.md",
            "docs/commands.md",
            "docs/pull-request.md",
            "docs/aws.md",
            "docs/demo.md")) {
      for (String line : lines(document, false)) {
        commands.addAll(commands(line));
      }
      Matcher inline = INLINE.matcher(Files.readString(ROOT.resolve(document)));
      while (inline.find()) {
        commands.addAll(commands(inline.group(1)));
      }
    }
    commands.removeIf(one -> !one.startsWith("frostline "));
    assertTrue(commands.size() > 30, commands.toString());
    return commands.stream()
        .map(
            one ->
                dynamicTest(
                    one,
                    () -> {
                      List<String> words = words(one.substring("frostline ".length()));
                      words.removeIf(word -> word.equals("…"));
                      CommandLine root =
                          Frostline.whole().setCaseInsensitiveEnumValuesAllowed(true);
                      if (words.size() > 1 && !words.get(0).equals("COMMAND")) {
                        assertDoesNotThrow(() -> root.parseArgs(words.toArray(new String[0])), one);
                      }
                    }));
  }

  /** Lines of the blocks of code, without prompts; comments are kept for scripts alone. */
  private static List<String> lines(String document, boolean scriptsOnly) throws IOException {
    List<String> lines = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve(document)));
    while (block.find()) {
      if (!scriptsOnly || block.group(1) != null) {
        for (String line : block.group(2).lines().toList()) {
          String bare = line.replaceFirst("^\\$ ", "");
          lines.add(scriptsOnly ? bare : bare.replaceFirst("\\s{2,}(#.*|[a-z].*)$", ""));
        }
      }
    }
    return lines;
  }

  private static List<String> commands(String line) {
    return List.of(line.split(" && | ; | \\| ", -1));
  }

  /** As a shell takes a line apart. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)").matcher(line);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words;
  }
}
