package dev.frostline.cli.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which settings apply; read before everything else, since they give the other defaults. */
public final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Settings (default: FROSTLINE_CONFIG, frostline.toml here or above, else in"
              + " ~/.config/frostline).")
  @Nullable
  public Path file;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Environment of the settings: its [env.NAME] table (default: FROSTLINE_ENV).")
  @Nullable
  public String environment;

  private Settings settings = Settings.NONE;

  /** The settings that apply to a command. */
  public static Settings settings(CommandSpec command) {
    return in(command).settings;
  }

  /** The options that say which settings apply to a command, for another that it runs. */
  public static List<String> words(CommandSpec command) {
    return in(command).words();
  }

  private static ConfigOptions in(CommandSpec command) {
    return (ConfigOptions)
        Objects.requireNonNull(command.root().mixins().get("config")).userObject();
  }

  /** What was read. */
  public void apply(Settings read) {
    settings = read;
  }

  /** As they were given. */
  private List<String> words() {
    return Stream.of(
            file == null ? "" : "--config=" + file,
            environment == null ? "" : "--env=" + environment)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Those among the arguments of any command. */
  public static ConfigOptions of(String... arguments) {
    ConfigOptions asked = new ConfigOptions();
    CommandSpec spec = CommandSpec.forAnnotatedObject(asked);
    CommandLine first =
        new CommandLine(spec)
            .setUnmatchedArgumentsAllowed(true)
            .setUnmatchedOptionsArePositionalParams(true);
    try {
      first.parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      return new ConfigOptions(); // a wrong option: the command itself says so
    }
    return asked;
  }
}
