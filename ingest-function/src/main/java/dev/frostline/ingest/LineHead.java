package dev.frostline.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tool or collector wrote before a line of a log: its time, its stream, the name of a
 * container. Several stand one behind the other:
 *
 * <pre>
 * 2026-10-08T07:30:27.768000+00:00 2026/10/08/[$LATEST]22be… START …        aws logs tail
 * 2023/08/01/[$LATEST]0f2c… 2023-08-01T12:00:00.123000 START …              sam logs
 * /aws/lambda/demo 2023/08/01/[$LATEST]0f2c… 2023-08-01T12:00:00.123Z START …    awslogs get
 * 2023/08/01/[$LATEST]0f2c…&lt;TAB>1690891200123&lt;TAB>START …                      --query, as text
 * web-1  | import time: …                                                   docker compose
 * [pod/demo-7d/app] 2026-11-29T10:00:00.123456789Z import time: …           kubectl
 * Nov 29 10:00:00 host demo[123]: import time: …                            journald
 * #12 0.532 import time: …                                                  BuildKit
 * build&lt;TAB>Test&lt;TAB>2026-11-29T10:00:00.1234567Z import time: …              gh run view
 * 2026-11-29T10:00:00.123456+00:00 app[web.1]: import time: …               Heroku
 * 2026-11-29T10:00:00.123456789Z stderr F import time: …                    containerd
 * </pre>
 */
final class LineHead {
  private static final int MOST_PARTS = 6;
  private static final int LONGEST_UNKNOWN = 400;
  private static final String END = "(?:[ \\t]|$)";
  private static final String STREAM_NAME = "(" + LooseEvent.STREAM + ")";
  private static final Pattern TIME = Pattern.compile(LogTime.WRITTEN + END);
  private static final Pattern TIME_WITHIN = Pattern.compile(LogTime.WRITTEN);
  private static final Pattern MILLIS = Pattern.compile("(\\d{13})[ \\t]");
  private static final Pattern SECONDS = Pattern.compile("(\\d{10})\\.(\\d{3})\\d{0,6} ");
  private static final Pattern OF_DAY = Pattern.compile("\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?[ \\t]+");
  private static final Pattern STREAM = Pattern.compile(STREAM_NAME + END);
  private static final Pattern GROUP =
      Pattern.compile("([^\\s|]{1,512}+)[ \\t]{1,512}+" + STREAM_NAME + END);

  /** Without its stream a group is told by the service's own beginning alone. */
  private static final Pattern GROUP_ALONE = Pattern.compile("(/aws/[\\w./#-]{1,512}+)[ \\t]+");

  private static final Pattern COMPOSE =
      Pattern.compile("[A-Za-z][\\w.@-]{0,127}+ {0,127}+\\|(?: |$)");
  private static final Pattern POD = Pattern.compile("\\[(?:pod/)?[\\w.-]+/[\\w./-]+\\] ");
  private static final Pattern SYSLOG =
      Pattern.compile(
          "([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,9}))? "
              + "(?:(?!\\w+ (?:time|RequestId):)\\S{1,255}+ [^\\s:\\[]{1,255}+(?:\\[\\d+\\])?: )?");
  private static final Pattern SYSLOG_5424 =
      Pattern.compile(
          "<\\d{1,3}>1 " + LogTime.WRITTEN + " \\S+ \\S+ \\S+ \\S+ (?:-|\\[[^\\]]*\\]) ?\ufeff?");
  private static final Pattern UNIT = Pattern.compile("\\S{1,255}+ [^\\s:\\[]{1,255}\\[\\d+\\]: ");
  private static final Pattern BUILDKIT = Pattern.compile("#\\d+ (?:\\d+\\.\\d+ )?");
  private static final Pattern WORKFLOW =
      Pattern.compile("[^\\t]{1,255}\\t[^\\t]{1,255}\\t\ufeff?(?=\\d{4}-\\d\\d-\\d\\dT)");
  private static final Pattern DYNO = Pattern.compile("[\\w-]+\\[[\\w.-]+\\]: ");
  private static final Pattern CONTAINER = Pattern.compile("(?:stdout|stderr) [FP] ");
  private static final Pattern RUNNER = Pattern.compile("\\d\\d[OE][ +]");
  private static final Pattern MARK = Pattern.compile("[\u25b6\u25b8\u25ba\u25bc\u25be] ?[ \\t]*");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu MMM d HH:mm:ss", Locale.ENGLISH);

  private final String line;
  private final long fileMillis;
  private int body;
  private boolean timed;
  private String written = "T";
  private long millis = LogTime.NONE;
  private @Nullable String group;
  private @Nullable String stream;
  private boolean collected;

  private LineHead(String line, long fileMillis) {
    this.line = line;
    this.fileMillis = fileMillis;
  }

  /**
   * Reads what stands before a line.
   *
   * @param fileMillis when the file was written, for times without a year
   */
  static LineHead of(String line, long fileMillis) {
    LineHead head = new LineHead(line, fileMillis);
    for (int part = 0; part < MOST_PARTS && head.readPart(part == 0); part++) {
      head.skipBlanks();
    }
    return head;
  }

  /**
   * What an unknown collector wrote before a line of the platform; null where there is no such
   * line. It may stand in quotes then, as a value of JSON.
   */
  static @Nullable LineHead ofUnknown(String line, long fileMillis) {
    int most = Math.min(line.length(), LONGEST_UNKNOWN);
    Matcher platform = OurLine.platformWithin(line, most);
    if (platform == null) {
      return null;
    }
    int at = platform.start();
    boolean quoted = at > 0 && line.charAt(at - 1) == '"';
    LineHead head = new LineHead(quoted ? JsonString.first(line, at - 1) : line, fileMillis);
    head.body = quoted ? 0 : at;
    head.collected = true;
    Matcher time = TIME_WITHIN.matcher(line).region(0, at);
    if (time.find()) {
      head.readTime(time);
    }
    return head;
  }

  private void skipBlanks() {
    while (body < line.length() && (line.charAt(body) == ' ' || line.charAt(body) == '\t')) {
      body++;
    }
  }

  /** Whether a time stands before it, if only one that is none. */
  boolean isTimed() {
    return timed;
  }

  /** Whether a collector wrote something before it, as before each single line. */
  boolean isCollected() {
    return collected;
  }

  /**
   * Whether the next line without a head is an event of its own: a collector writes one before each
   * line, and {@code sls logs}, which separates date and time by a blank, only before some.
   */
  boolean standsAlone() {
    return collected || (timed && written.indexOf('T') < 0);
  }

  /** The time; {@link LogTime#NONE} where there is none, or it is no time. */
  long millis() {
    return millis;
  }

  LooseEvents.Place place() {
    return new LooseEvents.Place(null, group, stream);
  }

  boolean isPlaced() {
    return stream != null || group != null;
  }

  /** The line without its head. */
  String body() {
    return line.substring(body);
  }

  private boolean readPart(boolean first) {
    if (body >= line.length()) {
      return false;
    }
    char next = line.charAt(body);
    if (next >= '0' && next <= '9') {
      return readNumbers(first);
    }
    return switch (next) {
      case '[' -> collected(POD);
      case '#' -> first && collected(BUILDKIT);
      case '<' -> first && readSyslog5424();
      case '/' -> first && readGroup();
      default -> next > 127 ? skip(MARK) != null : readWords(first);
    };
  }

  private boolean readNumbers(boolean first) {
    boolean begins = first || stream != null;
    if (!timed && (readTime(skip(TIME)) || (begins && (readMillis() || readSeconds())))) {
      return true;
    }
    if (stream == null) {
      Matcher named = skip(STREAM);
      if (named != null) {
        stream = named.group(1);
        return true;
      }
    }
    return timed ? collected(RUNNER) : skip(OF_DAY) != null;
  }

  private boolean readTime(@Nullable Matcher written) {
    if (written == null) {
      return false;
    }
    timed = true;
    this.written = written.group();
    millis = LogTime.millis(written, 1);
    return true;
  }

  private boolean readMillis() {
    Matcher number = skip(MILLIS);
    if (number == null) {
      return false;
    }
    timed = true;
    millis = LogTime.millis(number.group(1));
    return true;
  }

  private boolean readSeconds() {
    Matcher number = skip(SECONDS);
    if (number == null) {
      return false;
    }
    timed = true;
    millis = LogTime.millis(number.group(1) + number.group(2));
    collected(UNIT);
    return true;
  }

  private boolean readWords(boolean first) {
    if (timed) {
      return collected(UNIT) || collected(DYNO) || collected(CONTAINER);
    }
    if (isOurs()) {
      return false;
    }
    return (first && readGroup())
        || readSyslog()
        || collected(WORKFLOW)
        || (!collected && collected(COMPOSE));
  }

  private boolean readGroup() {
    Matcher named = skip(GROUP);
    if (named != null) {
      group = named.group(1);
      stream = named.group(2);
      return true;
    }
    Matcher alone = skip(GROUP_ALONE);
    group = alone == null ? null : alone.group(1);
    return alone != null;
  }

  /** Lines that nothing stands before, as most are. */
  private boolean isOurs() {
    return line.startsWith("import time", body)
        || line.startsWith("START Req", body)
        || line.startsWith("END Req", body)
        || line.startsWith("REPORT Req", body)
        || line.startsWith("FROSTLINE ", body);
  }

  private boolean readSyslog5424() {
    if (!readTime(skip(SYSLOG_5424))) {
      return false;
    }
    collected = true;
    return true;
  }

  /** The year is missing: the file's, or the one before where that would be in the future. */
  private boolean readSyslog() {
    Matcher parts = skip(SYSLOG);
    if (parts == null) {
      return false;
    }
    timed = true;
    collected = true;
    Instant written = Instant.ofEpochMilli(fileMillis).plusSeconds(86_400);
    int year = written.atOffset(ZoneOffset.UTC).getYear();
    millis = syslogMillis(year, parts);
    if (millis > written.toEpochMilli()) {
      millis = syslogMillis(year - 1, parts);
    }
    return true;
  }

  private static long syslogMillis(int year, Matcher parts) {
    String day = year + " " + parts.group(1) + " " + parts.group(2) + " " + parts.group(3);
    String fraction = parts.group(4);
    try {
      long millis = LocalDateTime.parse(day, DAY).toInstant(ZoneOffset.UTC).toEpochMilli();
      return millis + (fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3)));
    } catch (DateTimeException e) {
      return LogTime.NONE;
    }
  }

  private boolean collected(Pattern prefix) {
    if (skip(prefix) == null) {
      return false;
    }
    collected = true;
    return true;
  }

  private @Nullable Matcher skip(Pattern part) {
    Matcher matcher = part.matcher(line).region(body, line.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    body = matcher.end();
    return matcher;
  }
}
