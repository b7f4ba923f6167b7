package dev.frostline.cli.serve;

/** The large numbers at the head of a page. */
final class Figures {
  private Figures() {}

  /**
   * One of them.
   *
   * @param tone slower, faster or empty
   */
  record One(String label, String value, String note, String tone) {}
}
