package dev.frostline.ingest.line;

import dev.frostline.timing.TimingLine;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layer's own lines: what it started, and what had become of it when init was over. Blanks,
 * percent signs and control characters of values are percent-encoded:
 *
 * <pre>
 * FROSTLINE begin v=1 id=3f9c0d2e rt=python fn=checkout-api ver=$LATEST mem=512 dep=9f1c2ab t=1795345072508245
 * FROSTLINE end v=1 id=3f9c0d2e why=next init_us=303120 majflt=0 gc_us=5210 gc_n=7
 * </pre>
 */
final class CaptureLine {
  private static final String BEGIN = "FROSTLINE begin ";
  private static final String END = "FROSTLINE end ";
  private static final int MOST_VALUES = 64;
  private static final int LONGEST_VALUE = 1024;

  private CaptureLine() {}

  /** Reads the line if it is one. */
  static boolean read(char[] text, int from, int to, List<TimingLine> into)
      throws BrokenLineException {
    if (from == to || text[from] != 'F') {
      return false;
    }
    String line = new String(text, from, to - from);
    if (line.startsWith(BEGIN)) {
      into.add(new TimingLine.CaptureBegin(values(line.substring(BEGIN.length()))));
      return true;
    }
    if (line.startsWith(END)) {
      into.add(new TimingLine.CaptureEnd(values(line.substring(END.length()))));
      return true;
    }
    return false;
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
