package dev.frostline.cli;

import dev.frostline.policy.Budget;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads {@code frostline.toml}. Its keys are the options of the commands, so that nothing in it can
 * go unread: an unknown key, a wrong type or a bad unit is an error with its line.
 */
final class SettingsReader {
  private static final Set<String> NEVER = Set.of("config", "env", "help", "version");

  private final Path file;
  private final CommandLine commands;
  private final Map<String, Settings.Setting> options = new LinkedHashMap<>();
  private final List<Budget> budgets = new ArrayList<>();
  private final List<Owner> owners = new ArrayList<>();
  private final Map<String, String> policyLines = new LinkedHashMap<>();

  private SettingsReader(Path file, CommandLine commands) {
    this.file = file;
    this.commands = commands;
  }

  /** The settings of a file, those of the environment above the others. */
  static Settings read(Path file, CommandLine commands, @Nullable String environment) {
    SettingsReader reader = new SettingsReader(file, commands);
    reader.read(environment);
    return new Settings(
        file, reader.options, new Policy(reader.budgets, reader.owners), reader.policyLines);
  }

  private void read(@Nullable String environment) {
    TomlParseResult toml = parsed();
    if (toml.hasErrors()) {
      throw wrong(
          toml.errors().get(0).position(), String.valueOf(toml.errors().get(0).getMessage()));
    }
    table(toml, Set.of("env"));
    TomlTable environments = toml.getTable(List.of("env"));
    if (environment != null) {
      TomlTable chosen = environments == null ? null : environments.getTable(List.of(environment));
      if (chosen == null) {
        throw new Failure(
            Failure.USAGE,
            file
                + " has no environment "
                + environment
                + ". It has: "
                + (environments == null ? "none" : String.join(", ", environments.keySet())));
      }
      table(chosen, Set.of());
    }
  }

  private TomlParseResult parsed() {
    try {
      return Toml.parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw wrong(null, "it is not UTF-8 text");
    } catch (StackOverflowError e) { // the parser calls itself for each bracket and dot
      throw wrong(null, "its values are nested too deep");
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read " + file + ": " + e.getMessage());
    }
  }

  private void table(TomlTable table, Set<String> elsewhere) {
    for (String key : table.keySet()) {
      CommandLine command = commands.getSubcommands().get(key);
      TomlPosition at = at(table, key);
      if (key.equals("budget")) {
        each(table, key, at, this::budget);
      } else if (key.equals("owner")) {
        each(table, key, at, this::owner);
      } else if (command != null && table.isTable(List.of(key))) {
        TomlTable own = Objects.requireNonNull(table.getTable(List.of(key)));
        own.keySet().forEach(name -> option(own, name, key + ".", List.of(command)));
      } else if (!elsewhere.contains(key)) {
        option(table, key, "", commands.getSubcommands().values());
      }
    }
  }

  private void option(
      TomlTable table, String key, String prefix, Iterable<CommandLine> candidates) {
    TomlPosition at = at(table, key);
    OptionSpec option = null;
    Set<String> known = new TreeSet<>();
    for (CommandLine command : candidates) {
      for (OptionSpec one : command.getCommandSpec().options()) {
        String name = name(one);
        if (!NEVER.contains(name)) {
          known.add(name);
          option = name.equals(key) ? one : option;
        }
      }
    }
    if (option == null) {
      throw wrong(at, "unknown key " + prefix + key + ". Known here: " + String.join(", ", known));
    }
    String value = String.valueOf(table.get(List.of(key)));
    check(option, Objects.requireNonNull(table.get(List.of(key))), prefix + key, at);
    options.put(prefix + key, new Settings.Setting(value, place(at)));
  }

  private void check(OptionSpec option, Object value, String key, TomlPosition at) {
    Class<?> type = option.type();
    boolean flag = type == boolean.class;
    boolean number = type == Integer.class || type == Double.class || type == int.class;
    if (flag && !(value instanceof Boolean)) {
      throw wrong(at, key + " is true or false, not " + value);
    }
    if (number && !(value instanceof Number)) {
      throw wrong(at, key + " is a number, not " + value);
    }
    if (!flag && !number && !(value instanceof String)) {
      throw wrong(at, key + " is a text in quotes, not " + value);
    }
    if (type.isEnum()) {
      List<String> words = new ArrayList<>();
      option.completionCandidates().forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
      if (!words.contains(value.toString().toLowerCase(Locale.ROOT))) {
        throw wrong(at, key + " is one of " + String.join(", ", words) + ", not " + value);
      }
    }
  }

  /** The tables of {@code [[budget]]} or {@code [[owner]]}. */
  private void each(TomlTable table, String key, TomlPosition at, TableReader reader) {
    if (!table.isArray(List.of(key))) {
      throw wrong(at, "write [[" + key + "]], with two brackets on each side");
    }
    TomlArray all = Objects.requireNonNull(table.getArray(List.of(key)));
    for (int i = 0; i < all.size(); i++) {
      if (!(all.get(i) instanceof TomlTable one)) {
        throw wrong(
            all.inputPositionOf(i), "write [[" + key + "]], with two brackets on each side");
      }
      try {
        reader.read(one, all.inputPositionOf(i));
      } catch (TomlInvalidTypeException e) {
        throw wrong(all.inputPositionOf(i), String.valueOf(e.getMessage()));
      }
    }
  }

  private interface TableReader {
    void read(TomlTable table, TomlPosition at);
  }

  private void budget(TomlTable table, TomlPosition at) {
    only(table, Set.of("function", "limits", "level"));
    FunctionPattern functions = pattern(table, at);
    TomlArray limits = table.getArray(List.of("limits"));
    if (limits == null || limits.isEmpty()) {
      throw wrong(at, "a budget needs limits = [\"init_p50 < 600ms\"]");
    }
    String word = Objects.requireNonNullElse(table.getString(List.of("level")), "error");
    if (!word.equals("error") && !word.equals("warn")) {
      throw wrong(at(table, "level"), "level is \"error\" or \"warn\", not \"" + word + "\"");
    }
    for (int i = 0; i < limits.size(); i++) {
      TomlPosition here = limits.inputPositionOf(i);
      Limit limit = valid(here, String.valueOf(limits.get(i)), Limit::parse);
      budgets.add(
          new Budget(functions, limit, Budget.Level.valueOf(word.toUpperCase(Locale.ROOT))));
      policyLines.put(
          "budget " + functions.text() + ": " + limit.expression() + " (" + word + ")",
          place(here));
    }
  }

  private void owner(TomlTable table, TomlPosition at) {
    only(table, Set.of("function", "team", "repo"));
    FunctionPattern functions = pattern(table, at);
    String team = table.getString(List.of("team"));
    if (team == null || team.isBlank()) {
      throw wrong(at, "an owner needs team = \"payments\"");
    }
    String repo = Objects.requireNonNullElse(table.getString(List.of("repo")), "");
    owners.add(valid(at, repo, address -> new Owner(functions, team, address)));
    policyLines.put("owner " + functions.text() + ": " + team, place(at));
  }

  private FunctionPattern pattern(TomlTable table, TomlPosition at) {
    String text = table.getString(List.of("function"));
    if (text == null) {
      throw wrong(at, "it names no functions; write function = \"checkout-*\"");
    }
    return valid(at(table, "function"), text, FunctionPattern::new);
  }

  private <T> T valid(TomlPosition at, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(at, String.valueOf(e.getMessage()));
    }
  }

  private void only(TomlTable table, Set<String> known) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        throw wrong(
            at(table, key),
            "unknown key " + key + ". Known here: " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** The longest of an option's names, without dashes. */
  static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  private static TomlPosition at(TomlTable table, String key) {
    return Objects.requireNonNull(table.inputPositionOf(List.of(key)));
  }

  private String place(TomlPosition at) {
    return file + ":" + at.line();
  }

  private Failure wrong(@Nullable TomlPosition at, String what) {
    return new Failure(Failure.USAGE, (at == null ? file.toString() : place(at)) + ": " + what);
  }
}
