package dev.frostline.lake;

import dev.frostline.policy.Budget;
import dev.frostline.policy.Channels;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import dev.frostline.policy.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The budgets and owners of a {@code frostline.toml} and how long data is kept: its tables {@code
 * [[budget]]}, {@code [[owner]]} and {@code [retention]}. What is wrong is an
 * IllegalArgumentException that says in which line.
 */
public final class PolicyFile {
  /** The name of the file. */
  public static final String NAME = "frostline.toml";

  private static final String RETENTION = "retention";

  /** The tables it reads. */
  public static final Set<String> TABLES = Set.of("budget", "owner", RETENTION);

  private final String file;
  private final List<Budget> budgets = new ArrayList<>();
  private final List<Owner> owners = new ArrayList<>();
  private final Map<String, String> lines = new LinkedHashMap<>();
  private @Nullable Retention retention;

  /**
   * @param file its name in errors
   */
  public PolicyFile(String file) {
    this.file = file;
  }

  /**
   * The one that lies in a place; no owners and no budgets where there is none.
   *
   * @throws IOException when it cannot be read
   */
  public static Policy beside(Place place) throws IOException {
    try (InputStream content = place.open(NAME)) {
      return parse(place + "/" + NAME, new String(content.readAllBytes(), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Policy.NONE;
    }
  }

  /** Budgets and owners of a whole file; its other keys are options of the command line. */
  public static Policy parse(String file, String text) {
    PolicyFile policy = new PolicyFile(file);
    TomlParseResult toml;
    try {
      toml = Toml.parse(text);
    } catch (StackOverflowError e) { // the parser calls itself for each bracket and dot
      throw policy.wrong(null, "its values are nested too deep");
    }
    if (toml.hasErrors()) {
      throw policy.wrong(
          toml.errors().get(0).position(), String.valueOf(toml.errors().get(0).getMessage()));
    }
    for (String key : TABLES) {
      if (toml.contains(List.of(key))) {
        policy.read(toml, key);
      }
    }
    return policy.policy();
  }

  /** What was read so far. */
  public Policy policy() {
    return new Policy(budgets, owners, retention);
  }

  /** Where each budget, owner and the retention stands. */
  public Map<String, String> lines() {
    return lines;
  }

  /** The tables {@code [[key]]} or {@code [key]} in a table; key is one of {@link #TABLES}. */
  public void read(TomlTable table, String key) {
    TomlPosition at = at(table, key);
    if (key.equals(RETENTION)) {
      retention(table, at);
      return;
    }
    if (!table.isArray(List.of(key))) {
      throw wrong(at, "write [[" + key + "]], with two brackets on each side");
    }
    TomlArray all = Objects.requireNonNull(table.getArray(List.of(key)));
    for (int i = 0; i < all.size(); i++) {
      TomlPosition here = all.inputPositionOf(i);
      if (!(all.get(i) instanceof TomlTable one)) {
        throw wrong(here, "write [[" + key + "]], with two brackets on each side");
      }
      try {
        if (key.equals("budget")) {
          budget(one, here);
        } else {
          owner(one, here);
        }
      } catch (TomlInvalidTypeException e) {
        throw wrong(here, String.valueOf(e.getMessage()));
      }
    }
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
      lines.put(
          "budget " + functions.text() + ": " + limit.expression() + " (" + word + ")",
          place(here));
    }
  }

  private void owner(TomlTable table, TomlPosition at) {
    only(table, Set.of("function", "team", "repo", "slack", "teams", "mail", "hears"));
    FunctionPattern functions = pattern(table, at);
    String team = table.getString(List.of("team"));
    if (team == null || team.isBlank()) {
      throw wrong(at, "an owner needs team = \"payments\"");
    }
    Channels channels = channels(table, at);
    owners.add(valid(at, text(table, "repo"), repo -> new Owner(functions, team, repo, channels)));
    lines.put("owner " + functions.text() + ": " + team, place(at));
  }

  private void retention(TomlTable table, TomlPosition at) {
    if (!table.isTable(List.of(RETENTION))) {
      throw wrong(at, "write [retention], with one bracket on each side");
    }
    TomlTable own = Objects.requireNonNull(table.getTable(List.of(RETENTION)));
    only(own, Set.of("raw-days", "daily-starts"));
    int rawDays = number(own, "raw-days", 0);
    if (!own.contains(List.of("raw-days"))) {
      throw wrong(at, "it needs raw-days = 90: how long import timings stay as they came");
    }
    int dailyStarts = number(own, "daily-starts", Retention.DAILY_STARTS);
    retention = valid(at, "", any -> new Retention(rawDays, dailyStarts));
    lines.put("retention raw-days = " + rawDays + ", daily-starts = " + dailyStarts, place(at));
  }

  private int number(TomlTable table, String key, int otherwise) {
    Object value = table.get(List.of(key));
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
      throw wrong(at(table, key), key + " is a whole number, not " + value);
    }
    return number.intValue();
  }

  private Channels channels(TomlTable table, TomlPosition at) {
    String hears = text(table, "hears");
    if (!Set.of("", "own", "everything").contains(hears)) {
      throw wrong(at(table, "hears"), "hears is \"own\" or \"everything\", not \"" + hears + "\"");
    }
    List<String> mail =
        Stream.of(text(table, "mail").split("[\\s,]+", -1))
            .filter(address -> !address.isEmpty())
            .toList();
    return valid(
        at,
        text(table, "slack"),
        slack -> new Channels(slack, text(table, "teams"), mail, hears.equals("everything")));
  }

  private static String text(TomlTable table, String key) {
    return Objects.requireNonNullElse(table.getString(List.of(key)), "");
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

  private static TomlPosition at(TomlTable table, String key) {
    return Objects.requireNonNull(table.inputPositionOf(List.of(key)));
  }

  private String place(TomlPosition at) {
    return file + ":" + at.line();
  }

  private IllegalArgumentException wrong(@Nullable TomlPosition at, String what) {
    return new IllegalArgumentException((at == null ? file : place(at)) + ": " + what);
  }
}
