package dev.frostline.cli.program;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Java program: {@code java OPTION... shop.Main ARGUMENT...}, or {@code java OPTION...} with a
 * class path and a handler to play recorded events to.
 *
 * @param words {@code java}, its options, then the main class or {@code -jar FILE} and arguments
 * @param folder where it is started
 * @param events a JSON array of events; null without a handler
 * @param classPath where the handler is; of no meaning without one
 */
public record JavaCommand(
    List<String> words,
    Path folder,
    @Nullable String handler,
    @Nullable Path events,
    String classPath) {
  private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

  /** Options whose value is a word of its own. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--limit-modules",
          "--patch-module",
          "--enable-native-access");

  public JavaCommand {
    words = List.copyOf(words);
  }

  /** The program of a command line. */
  public static JavaCommand of(
      List<String> words, Path folder, @Nullable String handler, @Nullable Path events) {
    if (handler == null) {
      if (words.size() < 2) {
        throw new IllegalArgumentException("A Java program is java with a main class or -jar FILE");
      }
      return new JavaCommand(words, folder, null, null, "");
    }
    if (!handler.matches("[^:]+(::[^:]+)?")) {
      throw new IllegalArgumentException(
          handler
              + " names no handler: give it as Lambda has it, as in shop.Handler::handleRequest");
    }
    return new JavaCommand(words, folder, handler, events, classPath(words));
  }

  /** The last one that is given, as the launcher takes it. */
  private static String classPath(List<String> words) {
    String classPath = System.getenv().getOrDefault("CLASSPATH", "");
    for (int at = 1; at < words.size(); at++) {
      String word = words.get(at);
      if (word.equals("-jar") || !word.matches("[-@].*")) {
        throw new IllegalArgumentException(
            "With --handler the command is java with its options and the class path, as in"
                + " -- java -cp app.jar:lib/*");
      }
      if (word.startsWith("--class-path=")) {
        classPath = word.substring("--class-path=".length());
      } else if (CLASS_PATH.contains(word) && at + 1 < words.size()) {
        classPath = words.get(++at);
      } else if (WITH_VALUE.contains(word)) {
        at++;
      }
    }
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException(
          "--handler of Java needs the class path, as in -- java -cp app.jar:lib/*");
    }
    return classPath;
  }

  String java() {
    return words.get(0);
  }

  /** The command with more options in front of its own. */
  List<String> with(List<String> options) {
    List<String> with = new ArrayList<>(words);
    with.addAll(1, options);
    return with;
  }

  /** The same for a main class beside the function's own, which its runtime stands in front of. */
  List<String> with(List<String> options, String runtimePath, List<String> main) {
    List<String> with = with(options);
    with.addAll(List.of("-cp", runtimePath + File.pathSeparator + classPath));
    with.addAll(main);
    return with;
  }
}
