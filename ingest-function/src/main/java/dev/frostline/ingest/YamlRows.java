package dev.frostline.ingest;

import dev.frostline.ingest.LooseEvent.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output of {@code aws logs … --output yaml}, whole or what {@code --query} leaves of it:
 *
 * <pre>
 * events:
 * - eventId: '3977…'
 *   message: "INIT_START Runtime Version: python:3.13.v43\tRuntime Version\
 *     \ ARN: arn:aws:…\n"
 *   timestamp: 1790000000000
 * - "START RequestId: 0a1b2c3d-… Version: 7\n"
 * - - 1790000000000
 *   - "END RequestId: 0a1b2c3d-…\n"
 * - - field: '@message'
 *     value: 'REPORT RequestId: 0a1b2c3d-… Duration: 3.90 ms'
 * </pre>
 */
final class YamlRows implements LineForm {
  private static final int LONGEST_HEAD = 256;
  private static final Pattern BEGINS =
      Pattern.compile(
          " *(?:- )*events:"
              + "| *- (?:eventId|ingestionTime|logStreamName|message|timestamp): .*"
              + "| *- [\"'|](?:INIT_|START |END |REPORT |import time|RESTORE_|EXTENSION).*"
              + "| *- - '?\\d{13}'?"
              + "| *- - field: .*");

  /** What stands above the items of a list, of which {@code --output yaml-stream} has several. */
  private static final Pattern LIST = Pattern.compile(" *(?:- )*(?:events|results):\\s*");

  /** A key beside the events: {@code nextForwardToken: f/3977…}. */
  private static final Pattern FRAME = Pattern.compile("(?:- )?[A-Za-z]{1,64}:(?: .*)?");

  private static final Pattern ITEM = Pattern.compile("( *)- .*");
  private static final Pattern KEY =
      Pattern.compile(" *[\"']?([@\\w]{1,64})[\"']?:(?: (.*))?", Pattern.DOTALL);

  private final LooseEvents loose;
  private final List<String> item = new ArrayList<>();
  private long held;
  private int indent;

  YamlRows(LooseEvents loose) {
    this.loose = loose;
  }

  static boolean begins(String line) {
    String head = line.length() > LONGEST_HEAD ? line.substring(0, LONGEST_HEAD) : line;
    return (head.startsWith("events:") || head.stripLeading().startsWith("- "))
        && BEGINS.matcher(head).matches();
  }

  @Override
  public boolean take(String line) {
    if (line.isBlank() || (isOpen() && blanks(line) > indent)) {
      append(line);
      return true;
    }
    Matcher begins = ITEM.matcher(line);
    if (begins.matches() && !LIST.matcher(line).matches()) {
      finish();
      indent = begins.group(1).length();
      append(" ".repeat(indent + 2) + line.substring(indent + 2));
      return true;
    }
    finish();
    return FRAME.matcher(line.strip()).matches();
  }

  private static int blanks(String line) {
    return line.length() - line.stripLeading().length();
  }

  private void append(String line) {
    held += line.length();
    if (held <= 2L * EventReader.LONGEST_MESSAGE && (isOpen() || !line.isBlank())) {
      item.add(line);
    }
  }

  @Override
  public boolean isOpen() {
    return !item.isEmpty();
  }

  @Override
  public void finish() {
    if (!isOpen()) {
      return;
    }
    LooseEvent event = new LooseEvent();
    boolean named = readItem(event);
    if (named && !event.hasMessage() && event.timestamp() == LogTime.NONE) {
      loose.notOurs(); // an item of another list
    } else if (!event.giveTimedOrNot(loose)) {
      loose.reject("log event without timestamp or message");
    }
    item.clear();
    held = 0;
  }

  /** Reads the keys of the item, or its values without keys; true where it has keys. */
  private boolean readItem(LooseEvent event) {
    boolean named = KEY.matcher(item.get(0)).matches();
    boolean nested = item.get(0).strip().startsWith("- ");
    for (int from = 0; from < item.size(); ) {
      int end = from + 1;
      while (end < item.size() && !begins(item.get(end), named, nested)) {
        end++;
      }
      read(new ArrayList<>(item.subList(from, end)), event);
      from = end;
    }
    return named;
  }

  private static void read(List<String> lines, LooseEvent event) {
    Matcher key = KEY.matcher(lines.get(0));
    if (!key.matches()) {
      String text = lines.get(0).strip();
      lines.set(0, text.startsWith("- ") ? text.substring(2) : text);
      readValue(lines, event);
      return;
    }
    lines.set(0, key.group(2) == null ? "" : key.group(2));
    Field field = Field.named(key.group(1));
    if (field != Field.OTHER) {
      event.set(field, YamlScalar.text(lines));
    }
  }

  /** A value without a key, or a cell of an answer of Logs Insights: its field, its value. */
  private static void readValue(List<String> lines, LooseEvent event) {
    Matcher field = KEY.matcher(lines.get(0));
    Matcher value = lines.size() < 2 ? field : KEY.matcher(lines.get(1));
    boolean cell = field.matches() && value.matches();
    if (!cell || !"field".equals(field.group(1)) || !"value".equals(value.group(1))) {
      event.value(YamlScalar.text(lines));
      return;
    }
    List<String> text = new ArrayList<>(lines.subList(1, lines.size()));
    text.set(0, value.group(2) == null ? "" : value.group(2));
    event.set(
        Field.named(YamlScalar.text(List.of(String.valueOf(field.group(2))))),
        YamlScalar.text(text));
  }

  /** Whether a line of the item begins another key or value of it. */
  private boolean begins(String line, boolean named, boolean nested) {
    return !line.isBlank()
        && blanks(line) == indent + 2
        && ((named && KEY.matcher(line).matches()) || (nested && line.strip().startsWith("- ")));
  }
}
