package dev.frostline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which settings apply; read before everything else, since they give the other defaults. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Settings (default: FROSTLINE_CONFIG, frostline.toml here or above, else in"
              + " ~/.config/frostline).")
  @Nullable Path file;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Environment of the settings: its [env.NAME] table (default: FROSTLINE_ENV).")
  @Nullable String environment;

  /** As they were given. */
  List<String> words() {
    return Stream.of(
            file == null ? "" : "--config=" + file,
            environment == null ? "" : "--env=" + environment)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Those among the arguments of any command. */
  static ConfigOptions of(String... arguments) {
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
