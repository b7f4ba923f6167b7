package dev.frostline.cli.store;

import dev.frostline.cli.output.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two deployments, written {@code 41..42} or {@code 41 42}. */
public record DeploymentRange(String before, String after) {
  /** Of the words of a command line: none, one of the first form or two of the second. */
  public static @Nullable DeploymentRange of(List<String> words) {
    return switch (words.size()) {
      case 0 -> null;
      case 1 -> parse(words.get(0));
      case 2 -> new DeploymentRange(words.get(0), words.get(1));
      default ->
          throw new Failure(
              Failure.USAGE, "Two deployments are compared, not " + String.join(" ", words));
    };
  }

  public static DeploymentRange parse(String text) {
    int dots = text.indexOf("..");
    if (dots <= 0 || dots + 2 == text.length()) {
      throw new Failure(
          Failure.USAGE, "Write two deployments as A..B or A B, for instance 41..42, not " + text);
    }
    return new DeploymentRange(text.substring(0, dots), text.substring(dots + 2));
  }

  @Override
  public String toString() {
    return before + ".." + after;
  }
}
