package dev.frostline.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A kind of function: what one does, and how it is started. The files of src/test/resources/kinds
 * have one after the other:
 *
 * <pre>
 * == module that raises
 * =$ PYTHONWARNINGS=error      a variable; {} is the function's folder
 * =! exec "$@" 2>&-            a line of bash that starts the command
 * =~ up                        what follows a line feed in a name, so that CPython's own row has two lines
 * import importlib             app.py; answers "handled" unless it speaks of a handler
 * =+ inner.py                  another file
 * </pre>
 */
record Kind(
    String name,
    Map<String, String> files,
    Map<String, String> variables,
    String shell,
    Set<String> endsOfRows) {
  private static final String APP = "app.py";
  private static final String ANSWER = "\ndef handler(event, context):\n    return 'handled'\n";

  static List<Kind> all() throws IOException {
    List<Kind> kinds = new ArrayList<>();
    for (String file : List.of("names", "imports", "watched", "process")) {
      String text = Files.readString(Functions.path("/kinds/" + file + ".txt"));
      for (String section : text.substring("== ".length()).split("\n== ", -1)) {
        kinds.add(read(section.lines().toList()));
      }
    }
    return kinds;
  }

  private static Kind read(List<String> lines) {
    Map<String, StringBuilder> files = new LinkedHashMap<>(Map.of(APP, new StringBuilder()));
    Map<String, String> variables = new TreeMap<>();
    Set<String> endsOfRows = new HashSet<>();
    String shell = "exec \"$@\" < /dev/null";
    String file = APP;
    for (String line : lines.subList(1, lines.size())) {
      String value = line.length() > 3 ? line.substring(3) : "";
      switch (line.length() > 3 ? line.substring(0, 3) : "") {
        case "=$ " -> variables.put(value.split("=", 2)[0], value.split("=", 2)[1]);
        case "=! " -> shell = value;
        case "=~ " -> endsOfRows.add(value);
        case "=+ " -> {
          file = value;
          files.put(file, new StringBuilder());
        }
        default -> files.getOrDefault(file, new StringBuilder()).append(line).append('\n');
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach((name, text) -> texts.put(name, text.toString()));
    texts.computeIfPresent(APP, (name, text) -> text.contains("handler") ? text : text + ANSWER);
    return new Kind(lines.get(0), texts, variables, shell, endsOfRows);
  }

  /** Whether its stderr is one that the begin line can be written to. */
  boolean canBeToldOf() {
    return !shell.matches(".*[23]>?[<>].*");
  }

  void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  /** This start as the shell line has it, with this kind's variables. */
  FunctionStart of(FunctionStart start, Path folder) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", shell, "bash"));
    command.addAll(start.command());
    FunctionStart given = new FunctionStart(command, start.environment(), start.directory());
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      given = given.with(variable.getKey(), variable.getValue().replace("{}", folder.toString()));
    }
    return given;
  }
}
