package dev.frostline.cli.settings;

import dev.frostline.cli.output.Failure;
import dev.frostline.lake.PolicyFile;
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
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads {@code frostline.toml}. Its keys are the options of the commands, so that nothing in it can
 * go unread: an unknown key, a wrong type or a bad unit is an error with its line.
 */
public final class SettingsReader {
  private static final Set<String> NEVER = Set.of("config", "env", "help", "version");

  private final Path file;
  private final CommandLine commands;
  private final Map<String, Settings.Setting> options = new LinkedHashMap<>();
  private final PolicyFile policies;

  private SettingsReader(Path file, CommandLine commands) {
    this.file = file;
    this.commands = commands;
    policies = new PolicyFile(file.toString());
  }

  /** The settings of a file, those of the environment above the others. */
  public static Settings read(Path file, CommandLine commands, @Nullable String environment) {
    SettingsReader reader = new SettingsReader(file, commands);
    reader.read(environment);
    return new Settings(file, reader.options, reader.policies.policy(), reader.policies.lines());
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
      return parsed(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw wrong(null, "it is not UTF-8 text");
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read " + file + ": " + e.getMessage());
    }
  }

  /** Quotes and brackets that do not end make the parser give up instead of naming the place. */
  private TomlParseResult parsed(String text) {
    try {
      return Toml.parse(text);
    } catch (StackOverflowError e) { // it calls itself for each bracket and dot
      throw wrong(null, "its values are nested too deep");
    } catch (TomlParseError e) {
      throw wrong(e.position(), String.valueOf(e.getMessage()));
    } catch (AssertionError | RuntimeException e) { // assertions where they are on
      throw wrong(null, "it is not TOML: look for a quote or bracket that does not end");
    }
  }

  private void table(TomlTable table, Set<String> elsewhere) {
    for (String key : table.keySet()) {
      CommandLine command = commands.getSubcommands().get(key);
      if (PolicyFile.TABLES.contains(key)) {
        policy(table, key);
      } else if (command != null && table.isTable(List.of(key))) {
        TomlTable own = Objects.requireNonNull(table.getTable(List.of(key)));
        own.keySet().forEach(name -> option(own, name, key + ".", List.of(command)));
      } else if (!elsewhere.contains(key)) {
        option(table, key, "", commands.getSubcommands().values());
      }
    }
  }

  private void policy(TomlTable table, String key) {
    try {
      policies.read(table, key);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, String.valueOf(e.getMessage()));
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
