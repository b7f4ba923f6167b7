package dev.frostline.ingest;

import dev.frostline.ingest.LooseEvent.Field;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output of {@code aws logs get-query-results --output text}: a line a field, and a row begins
 * where one comes again:
 *
 * <pre>
 * RESULTS &lt;TAB> @timestamp &lt;TAB> 2026-09-21 10:00:30.000
 * RESULTS &lt;TAB> @message &lt;TAB> START RequestId: 0a1b2c3d-… Version: 7
 * </pre>
 */
final class InsightsRows implements LineForm {
  private static final Pattern CELL = Pattern.compile("RESULTS\\t(@\\w+)\\t(.*)", Pattern.DOTALL);
  private static final Pattern STATISTICS = Pattern.compile("STATISTICS\\t[\\d.\\t]+");
  private final LooseEvents loose;
  private final Set<Field> seen = EnumSet.noneOf(Field.class);
  private LooseEvent event = new LooseEvent();
  private Field last = Field.OTHER;
  private final StringBuilder value = new StringBuilder();

  InsightsRows(LooseEvents loose) {
    this.loose = loose;
  }

  static boolean begins(String line) {
    return line.startsWith("RESULTS\t@") && CELL.matcher(line).matches();
  }

  @Override
  public boolean take(String line) {
    Matcher cell = CELL.matcher(line);
    if (cell.matches()) {
      endCell();
      Field field = Field.named(cell.group(1));
      if (field != Field.OTHER && seen.contains(field)) {
        endRow();
      }
      seen.add(field);
      last = field;
      value.append(cell.group(2));
      return true;
    }
    if (STATISTICS.matcher(line).matches()) {
      finish();
      return true;
    }
    if (last != Field.MESSAGE) {
      return false;
    }
    if (value.length() <= EventReader.LONGEST_MESSAGE) {
      value.append('\n').append(line);
    }
    return true;
  }

  private void endCell() {
    if (value.length() > 0) {
      event.set(last, value.toString());
    }
    value.setLength(0);
    last = Field.OTHER;
  }

  private void endRow() {
    if (!event.give(loose)) {
      loose.reject("log event without timestamp or message");
    }
    seen.clear();
    event = new LooseEvent();
  }

  @Override
  public boolean isOpen() {
    return last == Field.MESSAGE;
  }

  @Override
  public void finish() {
    endCell();
    if (!seen.isEmpty()) {
      endRow();
    }
  }
}
