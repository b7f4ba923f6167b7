package dev.frostline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script of fish, which picocli has none for: one {@code complete} a word. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder("complete -c frostline -e\n");

  FishCompletion(CommandLine root) {
    addCommands("not __fish_seen_subcommand_from " + String.join(" ", names(root)), root);
    addOptions("not __fish_seen_subcommand_from " + String.join(" ", names(root)), root);
    for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
      String seen = "__fish_seen_subcommand_from " + command.getKey();
      CommandLine below = command.getValue();
      addOptions(seen, below);
      if (!below.getSubcommands().isEmpty()) {
        String noneBelow = "; and not __fish_seen_subcommand_from ";
        addCommands(seen + noneBelow + String.join(" ", names(below)), below);
        below.getSubcommands().forEach((name, each) -> addOptions(both(seen, name), each));
      }
    }
  }

  String script() {
    return script.toString();
  }

  private static String both(String seen, String name) {
    return seen + "; and __fish_seen_subcommand_from " + name;
  }

  private static List<String> names(CommandLine parent) {
    return List.copyOf(parent.getSubcommands().keySet());
  }

  private void addCommands(String when, CommandLine parent) {
    parent
        .getSubcommands()
        .forEach(
            (name, command) ->
                add(
                    when,
                    List.of("-f", "-a", name),
                    firstSentence(command.getCommandSpec().usageMessage().description())));
  }

  private void addOptions(String when, CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      List<String> words = new ArrayList<>();
      for (String name : option.names()) {
        words.add(name.startsWith("--") ? "-l" : "-s");
        words.add(name.replaceFirst("^--?", ""));
      }
      if (option.arity().max() > 0) {
        words.add("-r");
        Iterable<String> candidates = option.completionCandidates();
        if (candidates != null) {
          words.add("-f");
          words.add("-a");
          words.add(quoted(String.join(" ", candidates).toLowerCase(Locale.ROOT)));
        }
      }
      add(when, words, firstSentence(option.description()));
    }
  }

  private void add(String when, List<String> words, String description) {
    script
        .append("complete -c frostline -n ")
        .append(quoted(when))
        .append(' ')
        .append(String.join(" ", words))
        .append(" -d ")
        .append(quoted(description))
        .append('\n');
  }

  private static String firstSentence(String[] description) {
    String text = description.length == 0 ? "" : description[0];
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end + 1)).replace("%%", "%").replace("%n", " ");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
