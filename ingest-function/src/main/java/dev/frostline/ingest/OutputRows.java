package dev.frostline.ingest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output of {@code aws logs … --output text}, whose messages may run over several lines:
 *
 * <pre>
 * EVENTS  3977…  1783573069514  2026/07/09/[$LATEST]d9ef…  START …  1783573062669
 * </pre>
 */
final class OutputRows implements LineForm {
  private static final String EVENTS = "EVENTS\t";
  private static final Pattern EVENT =
      Pattern.compile(
          "EVENTS\\t(?:(\\d{50,56})\\t)?(?:\\d{13}\\t)?"
              + "(?:(\\d{4}/\\d\\d/\\d\\d/[^\\s\\[\\]]*\\[[^\\s\\]]+\\]\\S+)\\t)?(.*)\\t(\\d{13})\\s*",
          Pattern.DOTALL);

  /** Rows of the same output that are no events: {@code b/3977…/s f/3977…/s}, searched streams. */
  private static final Pattern FRAME =
      Pattern.compile("[bf]/\\d+(?:/s)?(?:\\t[bf]/\\d+(?:/s)?)?|SEARCHEDLOGSTREAMS\\t.*");

  private static final Pattern ENDED = Pattern.compile("\\t\\d{13}\\s*$");
  private final LooseEvents loose;
  private final StringBuilder event = new StringBuilder();

  OutputRows(LooseEvents loose) {
    this.loose = loose;
  }

  static boolean begins(String line) {
    return line.startsWith(EVENTS) || FRAME.matcher(line).matches();
  }

  @Override
  public boolean take(String line) {
    boolean begins = begins(line);
    if (begins || !isOpen()) {
      finish();
    }
    if (!begins && !isOpen()) {
      return false;
    }
    if (line.startsWith(EVENTS) || isOpen()) {
      append(line);
    }
    return true;
  }

  private void append(String line) {
    if (event.length() <= EventReader.LONGEST_MESSAGE) {
      event.append(event.length() == 0 ? "" : "\n").append(line);
    }
  }

  @Override
  public boolean isOpen() {
    int tail = Math.max(0, event.length() - 64);
    return event.length() > 0 && !ENDED.matcher(event).region(tail, event.length()).find();
  }

  @Override
  public void finish() {
    if (event.length() == 0) {
      return;
    }
    Matcher parts = EVENT.matcher(event);
    if (parts.matches()) {
      LooseEvent read = new LooseEvent();
      read.set(LooseEvent.Field.ID, parts.group(1));
      read.set(LooseEvent.Field.STREAM, parts.group(2));
      read.set(LooseEvent.Field.MESSAGE, parts.group(3));
      read.set(LooseEvent.Field.TIME, parts.group(4));
      read.give(loose);
    } else {
      loose.reject("EVENTS line without a timestamp");
    }
    event.setLength(0);
  }
}
