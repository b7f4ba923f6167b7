package dev.frostline.ingest.line;

import dev.frostline.timing.EightBytes;
import dev.frostline.timing.ImportKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds where a row of a trace, or a line of the layer, begins within a line: programs print
 * without a line feed before it, and collectors join lines.
 *
 * <pre>
 * yak yak import time:        33 |         34 | foo
 * 532 | collections import time: 63 | 63 | _functools import time: 1053 | 3646 | functools
 * </pre>
 *
 * Text that only mentions a row's keyword is none: the figures and a name have to follow.
 */
final class RowFinder {
  private static final byte[] HEADER = ascii("self [us]");
  private static final byte[] CACHED = ascii("cached");
  private static final byte[] CAPTURE = ascii("FROSTLINE ");
  private static final List<byte[]> CAPTURED =
      Stream.of("begin v=", "pack v=", "end v=").map(RowFinder::ascii).toList();
  private static final List<byte[]> KEYWORDS =
      Arrays.stream(ImportKind.values()).map(kind -> ascii(kind.keyword() + " time:")).toList();

  private RowFinder() {}

  /** Where the next row, trace header or line of the layer begins; -1 where there is none. */
  static int find(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text[at] == ':') {
        int start = rowStart(text, from, at + 1);
        if (start >= 0 && isRow(text, at + 1, to)) {
          return start;
        }
      } else if (text[at] == 'F' && isCapture(text, at, to)) {
        return at;
      }
    }
    return -1;
  }

  /** Where the keyword begins that ends at {@code end}, colon included; -1 where none does. */
  private static int rowStart(byte[] text, int from, int end) {
    for (byte[] keyword : KEYWORDS) {
      int start = end - keyword.length;
      if (start >= from && EightBytes.startsWith(text, start, end, keyword)) {
        return start;
      }
    }
    return -1;
  }

  private static boolean isRow(byte[] text, int from, int to) {
    int at = EightBytes.endOfBlanks(text, from, to);
    if (EightBytes.startsWith(text, at, to, HEADER)) {
      return true;
    }
    int self = endOfFigure(text, at, to);
    int cumulative = self < 0 ? -1 : endOfFigure(text, self, to);
    return cumulative >= 0 && EightBytes.endOfBlanks(text, cumulative, to) < to;
  }

  /** Behind the bar that ends a figure; -1 where there is no figure, or no bar. */
  private static int endOfFigure(byte[] text, int from, int to) {
    int at = EightBytes.endOfBlanks(text, from, to);
    int figure = at;
    if (EightBytes.startsWith(text, at, to, CACHED)) {
      at += CACHED.length;
    } else {
      at += at < to && text[at] == '-' ? 1 : 0;
      while (at < to && text[at] >= '0' && text[at] <= '9') {
        at++;
      }
    }
    int bar = EightBytes.endOfBlanks(text, at, to);
    return at > figure && bar < to && text[bar] == '|' ? bar + 1 : -1;
  }

  private static boolean isCapture(byte[] text, int at, int to) {
    if (!EightBytes.startsWith(text, at, to, CAPTURE)) {
      return false;
    }
    for (byte[] word : CAPTURED) {
      if (EightBytes.startsWith(text, at + CAPTURE.length, to, word)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
