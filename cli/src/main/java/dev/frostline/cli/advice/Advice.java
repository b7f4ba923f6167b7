package dev.frostline.cli.advice;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param tried changes that were run beside the program as it is
 * @param untried candidates that were not, and why
 * @param libraries the same of imports that libraries have among themselves: no part of the patch
 * @param librariesUntried what was not tried of those
 * @param together all that help, as one change; null where fewer than two do
 * @param initMs CPU time of the init as it is
 * @param small candidates that are not told of, since each could save less than {@code leastMs}
 * @param notCompared parts of the program's behaviour that differ by themselves
 */
public record Advice(
    List<Trial> tried,
    List<Untried> untried,
    List<Trial> libraries,
    List<Untried> librariesUntried,
    @Nullable Trial together,
    double initMs,
    int small,
    double leastMs,
    List<String> notCompared) {
  public Advice {
    tried = List.copyOf(tried);
    untried = List.copyOf(untried);
    libraries = List.copyOf(libraries);
    librariesUntried = List.copyOf(librariesUntried);
    notCompared = List.copyOf(notCompared);
  }

  /**
   * A module whose deferring was not tried, or another change.
   *
   * @param module its name; the change in words where that is none of imports
   * @param mostMs what it could save at most; NaN where nobody knows
   * @param needed whether that is because init needs it
   */
  public record Untried(String module, double mostMs, boolean needed, String why) {}

  /** What was tried and came out so, what saves most first. */
  public List<Trial> of(Trial.Outcome outcome) {
    return of(outcome, tried);
  }

  /** The same of imports within libraries. */
  public List<Trial> ofLibraries(Trial.Outcome outcome) {
    return of(outcome, libraries);
  }

  private static List<Trial> of(Trial.Outcome outcome, List<Trial> tried) {
    return tried.stream()
        .filter(trial -> trial.outcome() == outcome)
        .sorted(Comparator.comparingDouble(trial -> trial.initMs().estimate()))
        .toList();
  }

  /** All that is proposed, as one change; null where nothing is. */
  public @Nullable Trial proposed() {
    List<Trial> helps = of(Trial.Outcome.HELPS);
    if (together != null && together.outcome() == Trial.Outcome.HELPS) {
      return together;
    }
    return helps.isEmpty() ? null : helps.get(0);
  }

  /** The patch of all that is proposed. */
  public String diff() {
    Trial proposed = proposed();
    return proposed == null ? "" : proposed.variant().diff();
  }

  /**
   * The patch as it stands in a file: a lone surrogate, U+DC80 and up, is a byte of a file that is
   * not UTF-8.
   */
  public byte[] diffBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    diff()
        .codePoints()
        .forEach(
            one -> {
              if (one >= 0xDC80 && one <= 0xDCFF) {
                bytes.write(one - 0xDC00);
              } else {
                bytes.writeBytes(Character.toString(one).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
