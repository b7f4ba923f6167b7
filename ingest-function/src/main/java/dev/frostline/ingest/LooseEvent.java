package dev.frostline.ingest;

import dev.frostline.timing.EventId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event as the tools around CloudWatch Logs write it: its fields under any of the names they
 * have there, or without names and told by what they look like ({@code --query}).
 */
final class LooseEvent {
  /** A stream's name: {@code 2026/10/08/[$LATEST]22be53a8…}. */
  static final String STREAM = "\\d{4}/\\d\\d/\\d\\d/[^\\s\\[\\]]*\\[[^\\s\\]]+\\]\\[?\\w+\\]?";

  private static final Pattern STREAM_NAME = Pattern.compile(STREAM);
  private static final Pattern ID = Pattern.compile("\\d{50,56}");
  private static final Pattern MILLIS = Pattern.compile("\\d{13}");
  private static final Pattern SEPARATORS = Pattern.compile("[_ -]+");

  /** The group as Logs Insights names it: {@code 123456789012:/aws/lambda/checkout-api}. */
  private static final Pattern LOG = Pattern.compile("(\\d{12}):(.+)");

  private @Nullable String account;
  private @Nullable String group;
  private @Nullable String stream;
  private @Nullable EventId id;
  private long timestamp = LogTime.NONE;
  private @Nullable String message;
  private final TelemetryEvent telemetry = new TelemetryEvent();
  private boolean takingValues;
  private @Nullable String guessed;
  private int unnamed;
  private @Nullable String ours;
  private @Nullable String keyOfOurs;
  private int oursFields;

  /** What a field's name stands for. */
  enum Field {
    ACCOUNT,
    GROUP,
    LOG,
    STREAM,
    ID,
    TIME,
    MESSAGE,
    TYPE,
    OTHER;

    /**
     * By the name of a key or column, in any case, with or without Insights' {@code @}: {@code
     * logStream}, {@code log_stream}, {@code Log stream} are one.
     */
    static Field named(String name) {
      return switch (SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("")) {
        case "account", "accountid", "owner" -> ACCOUNT;
        case "loggroup", "loggroupname", "@loggroup" -> GROUP;
        case "@log" -> LOG;
        case "logstreamname", "logstream", "@logstream" -> STREAM;
        case "eventid", "id" -> ID;
        case "timestamp", "@timestamp", "time", "ts", "realtimetimestamp" -> TIME;
        case "message", "@message", "log" -> MESSAGE;
        case "type" -> TYPE;
        default -> OTHER;
      };
    }
  }

  void set(Field field, @Nullable String value) {
    if (value == null) {
      return;
    }
    switch (field) {
      case ACCOUNT -> account = value;
      case GROUP -> group = value;
      case LOG -> log(value);
      case STREAM -> stream = value;
      case ID -> id = value.isEmpty() ? null : EventId.parse(value);
      case TIME -> timestamp = LogTime.millis(value);
      case MESSAGE -> message = value;
      case TYPE -> telemetry.type(value);
      case OTHER -> {
        // says nothing about the event
      }
    }
  }

  /** Takes a value without a name. */
  void value(String value) {
    if (STREAM_NAME.matcher(value).matches()) {
      stream = value;
    } else if (ID.matcher(value).matches()) {
      id = EventId.parse(value);
    } else if (timestamp == LogTime.NONE && isTime(value)) {
      timestamp = LogTime.millis(value);
    } else if (!MILLIS.matcher(value).matches()) {
      message = value;
    }
  }

  /** Lets fields of unknown names count by what they look like, as far as that is plain. */
  void takesValues() {
    takingValues = true;
  }

  boolean isTakingValues() {
    return takingValues;
  }

  /** Takes a field of an unknown name: with a time, and alone beside it, it is the message. */
  void unnamed(@Nullable String value) {
    if (value == null) {
      unnamed += 2; // an object or a list: no field of an event
    } else if (STREAM_NAME.matcher(value).matches() || ID.matcher(value).matches()) {
      value(value);
    } else if (!MILLIS.matcher(value).matches()) {
      unnamed++;
      guessed = value;
    } else if (timestamp == LogTime.NONE) {
      timestamp = LogTime.millis(value);
    }
  }

  TelemetryEvent telemetry() {
    return telemetry;
  }

  private static boolean isTime(String value) {
    boolean number = !value.isEmpty() && Character.isDigit(value.charAt(value.length() - 1));
    return MILLIS.matcher(value).matches()
        || (!(number && value.indexOf('-') < 0) && LogTime.millis(value) != LogTime.NONE);
  }

  private void log(String value) {
    Matcher parts = LOG.matcher(value);
    if (parts.matches()) {
      account = parts.group(1);
      group = parts.group(2);
    } else {
      group = value;
    }
  }

  long timestamp() {
    return timestamp;
  }

  void at(long millis) {
    timestamp = millis;
  }

  /** Takes a field of an unknown name: a collector may call the message what it likes. */
  void other(String key, @Nullable String value) {
    if (value != null && OurLine.begins(value.strip())) {
      ours = value;
      keyOfOurs = key;
      oursFields++;
    }
  }

  /** The name of the field by which alone this is an event of ours; null for any other. */
  @Nullable String keyOfOurs() {
    return message == null && oursFields == 1 ? keyOfOurs : null;
  }

  boolean hasMessage() {
    return message != null;
  }

  /** Takes from an object within it the message, and the time where it has none. */
  void takeOver(LooseEvent inner) {
    message = inner.message;
    ours = inner.ours;
    keyOfOurs = inner.keyOfOurs;
    oursFields = inner.oursFields;
    timestamp = timestamp == LogTime.NONE ? inner.timestamp : timestamp;
  }

  /** Gives it on if it has a time and a message. */
  boolean give(LooseEvents loose) {
    return timestamp != LogTime.NONE && giveTimedOrNot(loose);
  }

  /** Gives it on if it has a message, with the file's time where it has none. */
  boolean giveTimedOrNot(LooseEvents loose) {
    String given = message;
    if (given == null && timestamp != LogTime.NONE) {
      given = telemetry.line();
    }
    if (given == null && keyOfOurs() != null) {
      given = ours;
    }
    if (given == null && unnamed == 1 && timestamp != LogTime.NONE) {
      given = guessed;
    }
    if (given == null) {
      return false;
    }
    byte[] text = given.getBytes(StandardCharsets.UTF_8);
    loose.add(new LooseEvents.Place(account, group, stream), id, timestamp, text, 0, text.length);
    return true;
  }
}
