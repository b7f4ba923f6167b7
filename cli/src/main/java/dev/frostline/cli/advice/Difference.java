package dev.frostline.cli.advice;

import java.util.List;

/**
 * Something that a changed program did otherwise.
 *
 * @param part which part of its behaviour, in words
 * @param before the first line that differs, as it was; empty where there was none
 * @param after what stands in its place
 */
public record Difference(String part, String before, String after) {
  static Difference of(String part, String before, String after) {
    List<String> one = before.lines().toList();
    List<String> other = after.lines().toList();
    int line = 0;
    while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
      line++;
    }
    return new Difference(part, at(one, line), at(other, line));
  }

  private static String at(List<String> lines, int line) {
    return line < lines.size() ? lines.get(line) : "";
  }
}
