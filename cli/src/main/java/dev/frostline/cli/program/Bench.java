package dev.frostline.cli.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A program of one language, and how it is run as it is and with a change. Nothing is written into
 * the program's own folder.
 */
public interface Bench {
  /** What the changes that can be tried here are changes to. */
  Change.Language language();

  /**
   * The program with a change.
   *
   * @throws IOException when the change cannot be made, and why
   */
  Variant make(Change change) throws IOException;

  /** Runs a variant once, to its end. */
  Played run(Variant variant) throws IOException;

  /** Runs a variant once without some of its events, as far as those can be left out. */
  default Played run(Variant variant, Set<Integer> skipped) throws IOException {
    return run(variant);
  }

  /**
   * Runs the program without anything of this bench but the layer; empty where variants are run so
   * anyway, or where it does not run by itself.
   */
  default Optional<Played> runPlain() throws IOException {
    return Optional.empty();
  }

  /** The standard error of the last run, which the layer's lines are part of. */
  Path log();
}
