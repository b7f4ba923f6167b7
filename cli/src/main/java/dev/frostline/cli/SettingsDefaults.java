package dev.frostline.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options nobody gave take their value from the settings; an environment variable comes first. */
final class SettingsDefaults implements IDefaultValueProvider {
  private final Settings settings;
  private final Map<String, String> environment;

  SettingsDefaults(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = SettingsReader.name(option);
    boolean given = name.equals("db") && environment.containsKey("FROSTLINE_DB");
    Settings.Setting setting = given ? null : settings.of(option.command().name(), name);
    if (setting == null) {
      return null;
    }
    Path file = settings.file();
    return option.type() == Path.class && file != null
        ? file.resolveSibling(setting.value()).toString()
        : setting.value();
  }
}
