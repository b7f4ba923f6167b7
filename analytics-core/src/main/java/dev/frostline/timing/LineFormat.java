package dev.frostline.timing;

/** What {@link TimingLineWriter} and {@link TimingLineReader} agree on: tags and forms of ids. */
final class LineFormat {
  static final int ID_NEXT = 0;
  static final int ID_SAME = 1;
  static final int ID_FULL = 2;

  private LineFormat() {}

  /** One tag byte a kind of line; the order is part of the format. */
  enum Tag {
    STORED_IMPORT,
    IMPORT,
    TRACE_HEADER,
    INIT_START,
    INIT_RUNTIME_DONE,
    INIT_REPORT,
    START,
    REPORT,
    RESTORE_START,
    RESTORE_REPORT,
    FAULT,
    CAPTURE_BEGIN,
    CAPTURE_END,
    CAPTURE_USAGE
  }

  /**
   * The id one behind, in the time that has passed: an id's upper 48 bits are its time in
   * milliseconds.
   */
  static EventId successor(EventId id, long millisPassed) {
    long low = id.low() + 1;
    long middle = low == 0 ? id.middle() + 1 : id.middle();
    long high = low == 0 && middle == 0 ? id.high() + 1 : id.high();
    return new EventId(high + (millisPassed << 16), middle, low);
  }
}
