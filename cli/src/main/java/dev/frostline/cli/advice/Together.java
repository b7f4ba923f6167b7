package dev.frostline.cli.advice;

import dev.frostline.cli.program.Change;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Modules deferred as one change, without those that break the program or that init loads all the
 * same: halves of them find which.
 */
final class Together {
  private final Experiment experiment;
  private final ToDoubleFunction<List<String>> mostMs;
  private final Instant until;
  private final List<Trial> over = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param mostMs what some of them could save at most, CPU ms
   * @param until when nothing more is begun
   */
  Together(Experiment experiment, ToDoubleFunction<List<String>> mostMs, Instant until) {
    this.experiment = experiment;
    this.mostMs = mostMs;
    this.until = until;
  }

  /** Runs once what can be deferred of some modules; null where that is nothing. */
  @Nullable Trial begin(List<String> modules) throws IOException {
    if (modules.isEmpty() || isLate()) {
      return null;
    }
    Trial all = trial(modules);
    if (!all.isOver()) {
      return all;
    }
    if (modules.size() == 1) {
      over.add(all);
      return null;
    }
    List<String> sound = sound(modules);
    return sound.isEmpty() ? null : trial(sound);
  }

  /** Single modules that turned out to be none of them. */
  List<Trial> over() {
    return over;
  }

  private List<String> sound(List<String> modules) throws IOException {
    List<String> sound = new ArrayList<>();
    int half = modules.size() / 2;
    for (List<String> some :
        List.of(modules.subList(0, half), modules.subList(half, modules.size()))) {
      Trial trial = isLate() ? null : trial(some);
      if (trial == null) {
        break;
      } else if (!trial.isOver()) {
        sound.addAll(some);
      } else if (some.size() > 1) {
        sound.addAll(sound(some));
      } else {
        over.add(trial);
      }
    }
    return sound;
  }

  private Trial trial(List<String> modules) throws IOException {
    return experiment.begin(Change.defer(modules), mostMs.applyAsDouble(modules));
  }

  private boolean isLate() {
    return Instant.now().isAfter(until);
  }
}
