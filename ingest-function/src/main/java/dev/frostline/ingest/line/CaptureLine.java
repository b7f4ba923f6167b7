package dev.frostline.ingest.line;

import dev.frostline.timing.ImportKind;
import dev.frostline.timing.TimingLine;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The layer's own lines: what it started, and what had become of it when init was over. Blanks,
 * percent signs and control characters of values are percent-encoded:
 *
 * <pre>
 * FROSTLINE begin v=1 id=3f9c0d2e rt=python fn=checkout-api ver=$LATEST mem=512 dep=9f1c2ab t=1795345072508245
 * FROSTLINE pack v=1 id=28c179b1 part=1/1 enc=text 1:273:273:warnings;0:281:554:importlib
 * FROSTLINE pack v=1 id=7e11ac90 kind=node part=1/1 enc=text 1:30170:30170:lib/heavy.js;0:210:30380:app.js
 * FROSTLINE usage v=1 id=3f9c0d2e requests=10 part=1/1 ran=app;boto3.session;!_json
 * FROSTLINE end v=1 id=3f9c0d2e why=next init_us=303120 majflt=0 gc_us=5210 gc_n=7
 * </pre>
 */
final class CaptureLine {
  private static final String BEGIN = "FROSTLINE begin ";
  private static final String PACK = "FROSTLINE pack ";
  private static final String PACKED_TEXT = " enc=text ";
  private static final String END = "FROSTLINE end ";
  private static final String USAGE = "FROSTLINE usage ";
  private static final String RAN = " ran=";
  private static final int LONGEST_USAGE = 32_000;
  private static final Pattern PACKED_ROW =
      Pattern.compile(
          "(?:([a-z]{1,10})/)?(\\d{1,4}):(-?\\d{1,15}):(-?\\d{1,15}):(.+)", Pattern.DOTALL);
  private static final int MOST_VALUES = 64;
  private static final int LONGEST_VALUE = 1024;

  private CaptureLine() {}

  /** Reads the line if it is one. */
  static boolean read(byte[] text, int from, int to, List<TimingLine> into)
      throws BrokenLineException {
    if (from == to || text[from] != 'F') {
      return false;
    }
    String line = new String(text, from, to - from, StandardCharsets.UTF_8);
    if (line.startsWith(BEGIN)) {
      into.add(new TimingLine.CaptureBegin(values(line.substring(BEGIN.length()))));
      return true;
    }
    if (line.startsWith(END)) {
      into.add(new TimingLine.CaptureEnd(values(line.substring(END.length()))));
      return true;
    }
    if (line.startsWith(USAGE)) {
      into.add(usage(line));
      return true;
    }
    if (line.startsWith(PACK)) {
      pack(line, into);
      return true;
    }
    return false;
  }

  /** The names stay encoded: a semicolon of a name must not part it. */
  private static TimingLine usage(String line) throws BrokenLineException {
    int body = line.indexOf(RAN);
    if (body < 0 || line.length() > LONGEST_USAGE) {
      throw new BrokenLineException("FROSTLINE usage without names, or with too many on a line");
    }
    Map<String, String> values = values(line.substring(USAGE.length(), body));
    values.put("ran", line.substring(body + RAN.length()).strip());
    return new TimingLine.CaptureUsage(values);
  }

  /**
   * Rows {@code depth:self:cumulative:name} in post-order, packed where single lines would be
   * dropped; Python modules where no kind is said. A row of another kind says so itself: {@code
   * gc/2:1200:1200:(garbage collection)}.
   */
  private static void pack(String line, List<TimingLine> into) throws BrokenLineException {
    int body = line.indexOf(PACKED_TEXT);
    if (body < 0) {
      throw new BrokenLineException("FROSTLINE pack of an unknown encoding");
    }
    ImportKind kind = kind(values(line.substring(PACK.length(), body)).get("kind"));
    for (String row : line.substring(body + PACKED_TEXT.length()).split(";", -1)) {
      into.add(packed(kind, row));
    }
  }

  private static ImportKind kind(@Nullable String keyword) throws BrokenLineException {
    if (keyword == null) {
      return ImportKind.PYTHON_MODULE;
    }
    for (ImportKind kind : ImportKind.values()) {
      if (kind.keyword().equals(keyword)) {
        return kind;
      }
    }
    throw new BrokenLineException("FROSTLINE pack of an unknown kind");
  }

  private static TimingLine packed(ImportKind kindOfPack, String text) throws BrokenLineException {
    Matcher row = PACKED_ROW.matcher(text);
    if (!row.matches()) {
      throw new BrokenLineException("FROSTLINE pack with a broken row");
    }
    ImportKind kind = row.group(1) == null ? kindOfPack : kind(row.group(1));
    String name = decoded(RowAttributes.name(kind, row.group(5)));
    if (name.length() > LONGEST_VALUE) {
      throw new BrokenLineException("FROSTLINE pack with a name longer than 1,024 characters");
    }
    return new TimingLine.ImportTime(
        kind,
        Integer.parseInt(row.group(2)),
        Long.parseLong(row.group(3)),
        Long.parseLong(row.group(4)),
        name,
        false,
        null);
  }

  private static Map<String, String> values(String text) throws BrokenLineException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split(" +", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        continue;
      }
      if (values.size() == MOST_VALUES || pair.length() > LONGEST_VALUE) {
        throw new BrokenLineException("FROSTLINE line with too many or too long values");
      }
      values.putIfAbsent(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
    }
    return values;
  }

  private static String decoded(String value) throws BrokenLineException {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BrokenLineException("FROSTLINE line with a broken percent code");
    }
  }
}
