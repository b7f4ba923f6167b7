package dev.frostline.cli.advice;

import dev.frostline.cli.program.Played;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a program does, as runs of it as it is have shown. What differs between those by itself is
 * compared without its digits; what differs still is not compared, and that is told.
 */
final class Behaviour {
  private final List<Played> runs = new ArrayList<>();

  private record Part(String name, Function<Played, String> of, boolean numbered) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("exit code", run -> String.valueOf(run.exit()), true),
          new Part("handler's answers", run -> String.join("\n", run.answers()), true),
          new Part("standard output", Played::stdout, true),
          // line numbers in it move with any patch
          new Part("standard error", Played::stderr, false));

  void add(Played asItIs) {
    runs.add(asItIs);
  }

  /** Of how many runs of the program as it is this is known. */
  int runs() {
    return runs.size();
  }

  /** The parts in which a run differs. */
  List<Difference> differences(Played run) {
    return PARTS.stream()
        .filter(part -> isCompared(part) && !form(part).apply(run).equals(first(part)))
        .map(part -> Difference.of(part.name(), first(part), form(part).apply(run)))
        .toList();
  }

  /** The parts that differ from run to run whatever is changed. */
  List<String> notCompared() {
    return PARTS.stream().filter(part -> !isCompared(part)).map(Part::name).toList();
  }

  private String first(Part part) {
    return form(part).apply(runs.get(0));
  }

  private boolean isCompared(Part part) {
    return isSame(form(part));
  }

  /**
   * The text without what tracebacks and warnings quote of a file: any patch moves it, and they
   * read it from the file as it is. Of Java's and Node.js's no frame is left, since a bundle is
   * another file.
   */
  private static String withoutPlaces(String text) {
    return text.replaceAll("(?m)^\\s+at .*\\R?", "")
        .replaceAll("\\bline \\d+", "line #")
        .replaceAll("(?m)^( *File \".*\", line #.*\\R)(?: {4}.*\\R?)+", "$1")
        .replaceAll("(File [^\\n]*?, line #[^\\\\\\n]*\\\\n)(?: {4}.*?\\\\n)+", "$1")
        .replaceAll("(?m)^(.*:)\\d+(: \\w*Warning: .*\\R)(?: {2}.*\\R?)?", "$1#$2");
  }

  private boolean isSame(Function<Played, String> form) {
    return runs.stream().map(form).distinct().count() == 1;
  }

  private Function<Played, String> form(Part part) {
    Function<Played, String> exact = part.of().andThen(Behaviour::withoutPlaces);
    return part.numbered() && isSame(exact)
        ? exact
        : exact.andThen(text -> text.replaceAll("0x[0-9a-f]+|\\d+", "#"));
  }
}
