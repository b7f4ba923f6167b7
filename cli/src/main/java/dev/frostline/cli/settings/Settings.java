package dev.frostline.cli.settings;

import dev.frostline.cli.output.Failure;
import dev.frostline.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code frostline.toml} says: defaults of options, budgets and owners.
 *
 * @param file the file read; absent when there is none
 * @param options by key: {@code db} for every command that has --db, {@code gate.limit-ms} for one
 * @param policyLines where each budget and owner stands, as {@code frostline config} tells it
 */
public record Settings(
    @Nullable Path file,
    Map<String, Setting> options,
    Policy policy,
    Map<String, String> policyLines) {
  static final Settings NONE = new Settings(null, Map.of(), Policy.NONE, Map.of());

  private static final String NAME = "frostline.toml";

  /** One default and the place it stands at, {@code frostline.toml:3}. */
  record Setting(String value, String place) {}

  /** The default of an option of a command; the command's own table wins. */
  @Nullable Setting of(String command, String option) {
    Setting own = own(command, option);
    return own != null ? own : options.get(option);
  }

  /** The default in the command's own table. */
  @Nullable Setting own(String command, String option) {
    return options.get(command + "." + option);
  }

  /** The file that applies: the one asked for, the nearest above a folder, else the user's own. */
  public static @Nullable Path find(
      @Nullable Path asked, Map<String, String> environment, Path from, Path home) {
    String named = environment.getOrDefault("FROSTLINE_CONFIG", "");
    if (asked != null || !named.isEmpty()) {
      Path file = asked != null ? asked : Path.of(named);
      if (!Files.isRegularFile(file)) {
        throw new Failure(
            Failure.USAGE,
            "There are no settings at " + file + ". Name another file with --config.");
      }
      return file;
    }
    for (Path folder = from.toAbsolutePath().normalize();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(NAME))) {
        return folder.resolve(NAME);
      }
    }
    String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path users = (base.isEmpty() ? home.resolve(".config") : Path.of(base)).resolve("frostline");
    return Files.isRegularFile(users.resolve(NAME)) ? users.resolve(NAME) : null;
  }
}
