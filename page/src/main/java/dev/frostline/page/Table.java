package dev.frostline.page;

import java.util.List;

/**
 * A table of a page.
 *
 * @param id names it in the page
 * @param caption what its rows are
 * @param none what stands there without rows
 * @param more where there are some; empty for nowhere
 */
record Table(
    String id,
    String caption,
    List<Column> columns,
    List<List<Cell>> rows,
    String none,
    String more) {
  Table(String id, String caption, List<Column> columns, List<List<Cell>> rows, String none) {
    this(id, caption, columns, rows, none, "");
  }

  /** The same, with an address where there are rows. */
  Table orElse(Address address) {
    return new Table(id, caption, columns, rows, none, address.toString());
  }

  /**
   * A column.
   *
   * @param sort address of the page sorted by it; empty where it cannot be
   * @param order ascending, descending or empty
   */
  record Column(String label, boolean isNumber, String sort, String order) {
    static Column text(String label) {
      return new Column(label, false, "", "");
    }

    static Column number(String label) {
      return new Column(label, true, "", "");
    }
  }

  /**
   * A cell.
   *
   * @param link where it leads; empty for nowhere
   * @param note what stands below it, smaller
   * @param tone slower, faster, quiet or empty
   * @param spark a small line of medians; empty for none
   */
  record Cell(String text, String link, String note, String tone, Spark spark) {
    static Cell of(String text) {
      return new Cell(text, "", "", "", Spark.NONE);
    }

    Cell to(Address address) {
      return new Cell(text, address.toString(), note, tone, spark);
    }

    /** To a page elsewhere, or nowhere where it is empty. */
    Cell to(String address) {
      return new Cell(text, address, note, tone, spark);
    }

    Cell note(String below) {
      return new Cell(text, link, below, tone, spark);
    }

    Cell tone(String word) {
      return new Cell(text, link, note, word, spark);
    }

    static Cell spark(Spark spark) {
      return new Cell("", "", "", "", spark);
    }
  }
}
