package dev.frostline.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SETUP.md: its snippets, and the variables that each of them sets. */
record SetupPage(List<Snippet> snippets) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "```(yaml|ts|hcl)\\n(.*?)```|((?:^\\| `[^\\n]*\\|\\n)+)",
          Pattern.DOTALL | Pattern.MULTILINE);

  /** Name and value as each tool writes them, quoted or not. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "^ *(?:\\| `|\\w+\\.addEnvironment\\(')?([A-Z][A-Z_]+)(?:` \\| |', | *= |: )[`'\"]?(.*?)[`'\"]?(?: \\||\\);)?$",
          Pattern.MULTILINE);

  /** One snippet in its language ("table" in the console's section). */
  record Snippet(String language, String text, Map<String, String> variables) {}

  static SetupPage read() throws IOException {
    Path sample = Path.of(System.getProperty("frostline.layer.sample"));
    Matcher block = BLOCK.matcher(Files.readString(sample.resolveSibling("SETUP.md")));
    List<Snippet> snippets = new ArrayList<>();
    while (block.find()) {
      String text = block.group(2) == null ? block.group(3) : block.group(2);
      String language = block.group(1) == null ? "table" : block.group(1);
      snippets.add(new Snippet(language, text, variables(text)));
    }
    return new SetupPage(snippets);
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new TreeMap<>();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      variables.put(variable.group(1), variable.group(2));
    }
    return variables;
  }
}
