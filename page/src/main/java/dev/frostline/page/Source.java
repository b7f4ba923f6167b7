package dev.frostline.page;

import dev.frostline.policy.Acknowledgement;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the rows of the page come from, and where it keeps what its readers accept: a store, or a
 * lake of which this machine has a copy.
 */
public interface Source {
  /** The store's file. The page reads copies of it. */
  Path file();

  /**
   * Brings the file to what is in the lake and beside it; a store is what it is. Nothing reads the
   * file meanwhile.
   *
   * @throws IOException when it cannot be reached
   */
  void renew() throws IOException;

  /**
   * Keeps one, in place of an earlier one for the same finding.
   *
   * @throws IOException with a sentence for its giver
   */
  void accept(Acknowledgement one) throws IOException;

  /**
   * Takes one back.
   *
   * @throws IOException with a sentence for its giver
   */
  void takeBack(Acknowledgement one) throws IOException;
}
