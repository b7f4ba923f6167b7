package dev.frostline.cli.program;

import dev.frostline.cli.layer.LocalProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One run: what it cost and what it did.
 *
 * @param codeBegan CPU time of the process in ms when the program's own code began; NaN where that
 *     is not known
 * @param began CPU time of the process in ms when each event began, and when the last had ended;
 *     the first is the init
 * @param used events in which a deferred import of a module was reached; -1 is init
 * @param loaded the event that loaded a module; -1 where init had
 * @param skipped events that were not played
 */
public record Played(
    int exit,
    String stdout,
    String stderr,
    double codeBegan,
    List<Double> began,
    Map<String, Set<Integer>> used,
    Map<String, Integer> loaded,
    List<String> answers,
    Set<Integer> skipped) {
  /** Reads the record that {@code frostline_play.py} or another of its kind wrote. */
  static Played read(int exit, String stdout, String log, List<String> record) {
    Map<Integer, Double> starts = new TreeMap<>();
    Map<String, Set<Integer>> used = new HashMap<>();
    Map<String, Integer> loaded = new HashMap<>();
    List<String> answers = new ArrayList<>();
    Set<Integer> skipped = new TreeSet<>();
    double codeBegan = Double.NaN;
    double ended = Double.NaN;
    for (String line : record) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "code" -> codeBegan = millis(words[1]);
        case "event" -> starts.put(Integer.valueOf(words[1]), millis(words[2]));
        case "used" ->
            used.computeIfAbsent(words[1], key -> new TreeSet<>()).add(Integer.valueOf(words[2]));
        case "loaded" -> loaded.put(words[1], Integer.valueOf(words[2]));
        case "answer" -> answers.add(words[2]);
        case "skipped" -> skipped.add(Integer.valueOf(words[1]));
        case "exit" -> ended = millis(words[1]);
        case "cpu" -> ended = 1000 * (seconds(words[1]) + seconds(words[2]));
        default -> {} // the survey's
      }
    }
    List<Double> began = new ArrayList<>(starts.values());
    began.add(ended);
    String said =
        log.lines().filter(line -> !LocalProgram.isTiming(line)).collect(Collectors.joining("\n"));
    return new Played(exit, stdout, said, codeBegan, began, used, loaded, answers, skipped);
  }

  /** The same with another exit code, and with more said in the end. */
  Played ended(int other, String more) {
    String said = more.isEmpty() ? stderr : stderr + "\n" + more;
    return new Played(other, stdout, said, codeBegan, began, used, loaded, answers, skipped);
  }

  /** {@code : no database}, from the end of its standard error; empty where it said nothing. */
  public String lastLine() {
    List<String> lines = stderr.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1).strip();
  }

  private static double millis(String micros) {
    return Long.parseLong(micros) / 1000.0;
  }

  /** As bash writes it, with the decimal point of its locale. */
  private static double seconds(String text) {
    return Double.parseDouble(text.replace(',', '.'));
  }

  /** CPU time in ms until the first event began; until the end where there are no events. */
  public double initMs() {
    return began.get(0);
  }

  /** The part of it behind the start of the interpreter. */
  public double codeMs() {
    return initMs() - codeBegan;
  }

  /** How many events were played. */
  public int events() {
    return began.size() - 1;
  }

  /** CPU time of an event in ms. */
  public double eventMs(int event) {
    return began.get(event + 1) - began.get(event);
  }
}
