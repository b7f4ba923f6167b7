package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real git repository with a Python program, its work tree against one of its commits. */
@Tag("alone")
final class TraceAgainstTest {
  private static final String BUSY =
      "import time\nend = time.perf_counter() + .15\nwhile time.perf_counter() < end: pass\n";
  @TempDir Path folder = Path.of(".");
  private Path code = Path.of(".");

  @BeforeEach
  void makeRepository() throws Exception {
    code = Files.createDirectories(folder.resolve("repo/src"));
    Files.writeString(code.resolve("app.py"), "import json, decimal, logging\n");
    git("init", "-q", "..");
    commit("base");
  }

  @Test
  void uncommittedImport_isFoundAgainstTheCommit_andNoWorktreeStays() throws Exception {
    Files.writeString(code.resolve("heavy.py"), BUSY);
    Files.writeString(code.resolve("app.py"), "import json, decimal, logging, heavy\n");
    Cli traced = trace("--against", "HEAD", "-o", "json");
    assertEquals(1, traced.exitCode(), traced.err());
    JsonNode comparison = traced.json().path("judged").path(0).path("comparison");
    assertEquals("slower", comparison.path("verdict").asText());
    assertEquals("heavy", comparison.path("suspects").path(0).path("name").asText());
    assertTrue(comparison.path("after").asText().startsWith("work-tree-"), traced.out());
    assertEquals(1, git("worktree", "list").out().lines().count());
  }

  @Tag("long")
  @Test
  void sameCode_passes_underItsCommits() throws Exception {
    Files.writeString(code.resolve("readme.txt"), "words\n");
    commit("words");
    Cli traced = trace("--against", "HEAD~1", "--limit-ms", "100");
    assertEquals(0, traced.exitCode(), traced.out() + traced.err());
    assertTrue(traced.out().contains("1 passed, 0 failed, 0 not judged · exit 0"), traced.out());
    String after = git("rev-parse", "HEAD").out().substring(0, 12);
    assertTrue(traced.out().contains(" → " + after), traced.out());
  }

  @Tag("long")
  @Test
  void folder_isComparedLikeACommit() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("heavy.py"), BUSY);
    Files.writeString(other.resolve("app.py"), "import json, decimal, logging, heavy\n");
    Cli traced = trace("--against-dir", "../../other");
    assertEquals(0, traced.exitCode(), traced.out() + traced.err());
    assertTrue(traced.out().contains("FASTER"), traced.out());
  }

  @Tag("long")
  @Test
  void setup_makesWhatGitDoesNotHold() throws Exception {
    Files.writeString(code.resolve("made.py"), "x = 1\n");
    Files.writeString(folder.resolve("repo/.gitignore"), "made.py\n__pycache__\n");
    Files.writeString(code.resolve("app.py"), "import json, decimal, logging, made\n");
    commit("needs made.py");
    Files.writeString(code.resolve("app.py"), "import json, decimal, logging, made, csv\n");
    Cli without = trace("--against", "HEAD");
    assertEquals(4, without.exitCode());
    assertTrue(without.err().contains("--setup makes"), without.err());
    Cli with = trace("--against", "HEAD", "--setup", "touch made.py", "--limit-ms", "500");
    assertEquals(0, with.exitCode(), with.out() + with.err());
  }

  @Test
  void whatCannotBeCompared_isSaid_andNothingIsStored() throws Exception {
    assertSaid(2, "git knows no commit v99 here", "--against", "v99");
    assertSaid(2, "There is no folder nowhere", "--against-dir", "nowhere");
    assertSaid(2, "not both", "--against", "HEAD", "--against-dir", ".");
    assertSaid(2, "need --against", "--limit-ms", "5");
    assertSaid(2, "--setup belongs to --against", "--setup", "true");
    assertSaid(4, "--setup ended with exit code 3", "--against", "HEAD", "--setup", "exit 3");
    assertFalse(Files.exists(code.resolve("frostline.duckdb")));
    assertEquals(1, git("worktree", "list").out().lines().count());
  }

  private void assertSaid(int exit, String words, String... options) throws Exception {
    Cli traced = trace(options);
    assertEquals(exit, traced.exitCode(), traced.err());
    assertTrue(traced.err().contains(words), traced.err());
  }

  private Cli trace(String... options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(CliProcess.of(code).command());
    words.addAll(List.of("trace", "--runs", "20"));
    words.addAll(List.of(options));
    words.addAll(List.of("--", "python3", "app.py"));
    return CliProcess.run(new ProcessBuilder(words).directory(code.toFile()), Map.of());
  }

  private void commit(String message) throws Exception {
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=b", "commit", "-qm", message);
  }

  private Cli git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    return CliProcess.run(new ProcessBuilder(command).directory(code.toFile()), Map.of());
  }
}
