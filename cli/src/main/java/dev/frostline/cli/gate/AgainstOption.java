package dev.frostline.cli.gate;

import dev.frostline.cli.output.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The code that a traced program is compared with, and what it may cost more than that. */
final class AgainstOption {
  @Option(
      names = "--against",
      paramLabel = "REF",
      description =
          "Also starts the program as it was at this commit, branch or tag, the two in "
              + "turns, and judges what is here against it. Exits with 0 when it passed, 1 "
              + "when it failed, 3 when it could not be judged.")
  @Nullable String ref;

  @Option(
      names = "--against-dir",
      paramLabel = "DIR",
      description = "The same, against the program in another folder.")
  @Nullable Path directory;

  @Option(
      names = "--setup",
      paramLabel = "COMMAND",
      description =
          "With --against: what makes that commit ready to start, e.g. 'npm ci' (run by sh).")
  @Nullable String setup;

  @Mixin LimitOption limit = new LimitOption();

  @Option(names = "--pass-without-data", description = "Passes (exit 0) what cannot be judged.")
  boolean passWithoutData;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also writes the judgement as JUnit XML.")
  @Nullable Path junit;

  /** Whether there is another code to compare with; what belongs to one alone is refused. */
  boolean isGiven() {
    if (ref != null && directory != null) {
      throw new Failure(Failure.USAGE, "Give --against or --against-dir, not both");
    }
    if (setup != null && ref == null) {
      throw new Failure(Failure.USAGE, "--setup belongs to --against: it prepares that commit");
    }
    boolean given = ref != null || directory != null;
    if (!given && (limit.isGiven() || junit != null || passWithoutData)) {
      throw new Failure(
          Failure.USAGE,
          "--limit-ms, --limit-pct, --pass-without-data and --junit need --against REF or"
              + " --against-dir DIR: without it there is nothing to judge");
    }
    return given;
  }
}
