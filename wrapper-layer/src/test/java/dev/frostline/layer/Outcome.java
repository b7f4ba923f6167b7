package dev.frostline.layer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a start left behind; stderr holds the layer's lines and the function's own. */
record Outcome(int exitCode, String stdout, String stderr) {
  private static final Pattern OURS =
      Pattern.compile(
          "[a-z]+ time: .*|FROSTLINE .*|\\{\"timestamp\":.*\"message\":\"FROSTLINE .*",
          Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile(" ([a-z_]+)=(\\S+)");

  /** All that a function and its caller can see of a start. */
  String asTheFunctionSeesIt() {
    return "exit " + exitCode + "\n" + own(stdout) + "\n" + own(stderr);
  }

  /** Without the layer's lines: a name in one of them may have any other line end in it. */
  private static String own(String text) {
    return Arrays.stream(text.split("\n", -1))
        .filter(line -> !OURS.matcher(line).matches())
        .collect(Collectors.joining("\n"));
  }

  List<String> rows() {
    return stderr
        .lines()
        .filter(line -> line.startsWith("import time: ") || line.startsWith("gc time: "))
        .toList();
  }

  /** The FROSTLINE lines of one kind: begin, end, pack or fault. */
  List<String> lines(String kind) {
    return stderr.lines().filter(line -> line.contains("FROSTLINE " + kind + " ")).toList();
  }

  /** The keys and values of the one line of that kind. */
  Map<String, String> fields(String kind) {
    List<String> lines = lines(kind);
    if (lines.size() != 1) {
      throw new AssertionError(lines.size() + " lines of kind " + kind + " in:\n" + stderr);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(lines.get(0));
    while (field.find()) {
      fields.put(field.group(1), field.group(2));
    }
    return fields;
  }
}
