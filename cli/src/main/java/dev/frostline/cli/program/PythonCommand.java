package dev.frostline.cli.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Python program: {@code python3 app.py ARGUMENT...}, {@code python3 -m shop ARGUMENT...}, or an
 * interpreter and a handler to play recorded events to.
 *
 * @param words the interpreter, then the script or {@code -m} and the module, then the arguments
 * @param folder where it is started
 * @param events a JSON array of events; null without a handler
 */
public record PythonCommand(
    List<String> words, Path folder, @Nullable String handler, @Nullable Path events) {
  public PythonCommand {
    words = List.copyOf(words);
    String interpreter = String.valueOf(Path.of(words.get(0)).getFileName());
    if (!interpreter.matches("python(3(\\.\\d+)?)?")) {
      throw new IllegalArgumentException(
          words.get(0)
              + " is no Python, Java or Node.js: the command begins with the interpreter, as in"
              + " python3 app.py, java -jar app.jar or node app.js");
    }
    if (handler != null && !handler.matches("[^.]+(\\.[^.]+)+")) {
      throw new IllegalArgumentException(
          handler + " names no handler: give it as Lambda has it, as in app.handler");
    }
    if (handler != null && words.size() > 1) {
      throw new IllegalArgumentException(
          "With --handler the command is the interpreter alone, as in -- python3");
    }
    if (handler == null) {
      checkScript(words, folder);
    }
  }

  private static void checkScript(List<String> words, Path folder) {
    boolean module = words.size() > 2 && words.get(1).equals("-m");
    if (words.size() < 2 || (words.get(1).startsWith("-") && !module)) {
      throw new IllegalArgumentException(
          "A script or -m MODULE has to stand directly behind the interpreter; or give --handler"
              + " and --events");
    }
    if (!module && !Files.isRegularFile(folder.resolve(words.get(1)))) {
      throw new IllegalArgumentException("There is no script " + words.get(1) + " here");
    }
  }

  String interpreter() {
    return words.get(0);
  }

  @Nullable String module() {
    return handler == null && words.get(1).equals("-m") ? words.get(2) : null;
  }

  @Nullable Path script() {
    return handler == null && module() == null
        ? folder.resolve(words.get(1)).toAbsolutePath().normalize()
        : null;
  }

  /** The same program, started by {@code play.py}. */
  List<String> played(Path play, Path plan, Path record) {
    List<String> played = new ArrayList<>(List.of(words.get(0)));
    played.addAll(List.of(play.toString(), plan.toString(), record.toString()));
    played.addAll(words.subList(1, words.size()));
    return played;
  }

  @Override
  public String toString() {
    return String.join(" ", words) + (handler == null ? "" : " (" + handler + ")");
  }
}
