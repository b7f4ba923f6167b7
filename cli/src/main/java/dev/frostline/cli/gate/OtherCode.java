package dev.frostline.cli.gate;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code that a traced program is compared with: a git worktree of a commit, gone afterwards, or
 * a folder that is there.
 *
 * @param folder where the program stands in it
 * @param name what to call it as a deployment
 * @param here what to call the code of this folder
 */
record OtherCode(Path folder, String name, String here, @Nullable Path worktree)
    implements AutoCloseable {
  private static final int HASH = 12;

  /**
   * The code that the options name.
   *
   * @param now the time, which tells apart code that no commit names
   */
  static OtherCode of(AgainstOption against, Path here, String now) {
    if (against.directory != null) {
      return ofFolder(against.directory, now);
    }
    if (against.ref == null) {
      throw new IllegalArgumentException("neither a commit nor a folder to compare with");
    }
    return ofCommit(against.ref, against.setup, here, now);
  }

  /** What to call the code of a folder: its commit where git says that nothing else is in it. */
  static String nameOf(Path here, String now) {
    try {
      String head = git(here, "rev-parse", "--verify", "HEAD");
      return isChanged(here) ? now : head.substring(0, HASH);
    } catch (Failure e) {
      return now; // no work tree, or no git at all
    }
  }

  /** Whether anything differs from the commit, but for what Python leaves when it starts. */
  private static boolean isChanged(Path here) {
    return !git(here, "status", "--porcelain", "--", ":/", ":(top,exclude,glob)**/__pycache__/**")
        .isEmpty();
  }

  private static OtherCode ofFolder(Path directory, String now) {
    if (!Files.isDirectory(directory)) {
      throw new Failure(Failure.USAGE, "There is no folder " + directory + " to compare with");
    }
    Path named = directory.toAbsolutePath().normalize().getFileName();
    return new OtherCode(directory, named + "-" + now, "here-" + now, null);
  }

  private static OtherCode ofCommit(String ref, @Nullable String setup, Path here, String now) {
    String commit = git(here, "rev-parse", "--verify", "--quiet", ref + "^{commit}");
    String head = git(here, "rev-parse", "--verify", "HEAD");
    boolean changed = isChanged(here);
    String name = commit.substring(0, HASH);
    String ours = changed || head.equals(commit) ? "work-tree-" + now : head.substring(0, HASH);
    Path below = Path.of(git(here, "rev-parse", "--show-prefix"));
    Path worktree = made(here, commit);
    OtherCode code = new OtherCode(worktree.resolve(below), name, ours, worktree);
    Thread onInterrupt = new Thread(() -> removeQuietly(worktree));
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      code.prepare(setup, ref);
      return code;
    } catch (Failure e) {
      code.close();
      throw e;
    }
  }

  private static Path made(Path here, String commit) {
    try {
      Path worktree = Files.createTempDirectory("frostline-against");
      // Hooks of the repository are for people who switch branches, not for a folder to measure.
      git(
          here,
          "-c",
          "core.hooksPath=" + worktree,
          "worktree",
          "add",
          "--quiet",
          "--force",
          "--detach",
          worktree.toString(),
          commit);
      return worktree;
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot make a worktree: " + e.getMessage());
    }
  }

  private void prepare(@Nullable String setup, String ref) {
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          Failure.USAGE, "At " + ref + " there was no such folder as this one: start from another");
    }
    if (setup == null) {
      return;
    }
    Said said = run(folder, List.of("sh", "-c", setup));
    if (said.exit() != 0) {
      throw new Failure(
          Failure.COULD_NOT,
          "--setup ended with exit code " + said.exit() + " at " + ref + ": " + said.lastLine());
    }
  }

  @Override
  public void close() {
    if (worktree != null) {
      removeQuietly(worktree);
    }
  }

  /** What is left of it is git's to prune, and the system's temporary folder's. */
  private static void removeQuietly(Path worktree) {
    if (Files.exists(worktree)) {
      run(worktree, List.of("git", "worktree", "remove", "--force", worktree.toString()));
    }
  }

  private static String git(Path here, String... words) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Said said = run(here, command);
    if (said.exit() == 0) {
      return said.text().strip();
    }
    String asked = words[words.length - 1].replace("^{commit}", "");
    throw new Failure(
        Failure.USAGE,
        said.text().isBlank()
            ? "git knows no commit " + asked + " here. In a shallow clone, fetch it first"
            : "git cannot compare with another commit here: " + said.lastLine());
  }

  private record Said(int exit, String text) {
    String lastLine() {
      List<String> lines = text.strip().lines().toList();
      return lines.isEmpty() ? "" : SafeText.of(lines.get(lines.size() - 1));
    }
  }

  private static Said run(Path folder, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.COULD_NOT, "Interrupted while " + command.get(0) + " ran");
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot run " + command.get(0) + ": " + e.getMessage());
    }
  }
}
