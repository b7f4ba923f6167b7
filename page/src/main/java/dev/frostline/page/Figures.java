package dev.frostline.page;

/** The large numbers at the head of a page. */
final class Figures {
  private Figures() {}

  /**
   * One of them.
   *
   * @param tone slower, faster or empty
   * @param link where it leads; empty for nowhere
   */
  record One(String label, String value, String note, String tone, String link) {
    One(String label, String value, String note, String tone) {
      this(label, value, note, tone, "");
    }

    One to(Address address) {
      return new One(label, value, note, tone, address.toString());
    }
  }
}
