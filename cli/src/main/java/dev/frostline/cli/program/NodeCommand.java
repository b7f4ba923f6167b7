package dev.frostline.cli.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Node.js program: {@code node OPTION... app.js ARGUMENT...}, or {@code node} and a handler to
 * play recorded events to.
 *
 * @param words {@code node}, its options, then the script and its arguments
 * @param folder where it is started
 * @param events a JSON array of events; null without a handler
 * @param script the place of the script in the words; of no meaning with a handler
 */
public record NodeCommand(
    List<String> words, Path folder, @Nullable String handler, @Nullable Path events, int script) {
  private static final List<String> SUFFIXES = List.of("", ".js", ".mjs", ".cjs");

  public NodeCommand {
    words = List.copyOf(words);
  }

  /** The program of a command line. */
  public static NodeCommand of(
      List<String> words, Path folder, @Nullable String handler, @Nullable Path events) {
    int script = 1;
    while (script < words.size() && words.get(script).startsWith("-")) {
      script++;
    }
    if (handler != null && words.size() > script) {
      throw new IllegalArgumentException(
          "With --handler the command is node and its options alone, as in -- node");
    }
    if (handler != null && !handler.matches(".*[^./]\\.[^/]+")) {
      throw new IllegalArgumentException(
          handler + " names no handler: give it as Lambda has it, as in app.handler");
    }
    NodeCommand command = new NodeCommand(words, folder, handler, events, script);
    if (handler == null && script == words.size()) {
      throw new IllegalArgumentException(
          "A Node.js program is node with a script, as in node app.js");
    }
    command.entry();
    return command;
  }

  String node() {
    return words.get(0);
  }

  /** The file that is loaded first of all that is the program's own. */
  Path entry() {
    String name = handler == null ? words.get(script) : handlerFile();
    return SUFFIXES.stream()
        .map(suffix -> folder.resolve(name + suffix).normalize())
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no " + name + " here"));
  }

  /** {@code src/app} of {@code src/app.handler}. */
  private String handlerFile() {
    String name = String.valueOf(handler);
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    return name.substring(0, dot);
  }

  /** The same program with another file in the place of its entry. */
  NodeCommand bundled(Path file) {
    if (handler == null) {
      List<String> others = new ArrayList<>(words);
      others.set(script, file.toString());
      return new NodeCommand(others, folder, null, null, script);
    }
    String exported = handler.substring(handlerFile().length());
    String path = file.toString();
    String other = path.substring(0, path.lastIndexOf('.')) + exported;
    return new NodeCommand(words, folder, other, events, script);
  }

  /** The command that is run; {@code play.cjs} plays the events. */
  List<String> played(Path play, Path record) {
    if (handler == null) {
      return words;
    }
    return Stream.concat(
            words.stream(),
            Stream.of(play.toString(), record.toString(), handler, String.valueOf(events)))
        .toList();
  }
}
