package dev.frostline.cli.settings;

import dev.frostline.cli.store.WhereOption;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options nobody gave take their value from the settings; an environment variable comes first. The
 * Region of the account never narrows an answer from the store unless the command's own table says
 * so: functions of other Regions would be missing from it without a word.
 */
public final class SettingsDefaults implements IDefaultValueProvider {
  private final Settings settings;
  private final Map<String, String> environment;

  public SettingsDefaults(Settings settings, Map<String, String> environment) {
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
    String command = option.command().name();
    Settings.Setting setting =
        narrows(option) ? settings.own(command, name) : settings.of(command, name);
    if (setting == null || given) {
      return null;
    }
    Path file = settings.file();
    boolean isPath =
        option.type() == Path.class || (name.equals("db") && !setting.value().startsWith("s3:"));
    return isPath && file != null
        ? file.resolveSibling(setting.value()).toString()
        : setting.value();
  }

  private static boolean narrows(OptionSpec option) {
    return option.userObject() instanceof Field field
        && field.getDeclaringClass() == WhereOption.class;
  }
}
