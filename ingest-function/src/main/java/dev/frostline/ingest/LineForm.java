package dev.frostline.ingest;

/** A form of text in which a line means something by the lines before it, such as a table. */
interface LineForm {
  /** Takes the next line; false, and the form is over, when it is none of it. */
  boolean take(String line);

  /** Whether the next line goes on with what the last one began. */
  boolean isOpen();

  /** Gives on what is held, at the end. */
  void finish();
}
