package dev.frostline.cli.settings;

import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.policy.Policy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What applies when nothing is said, and where it was said. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the settings in effect and where each came from.",
      "frostline.toml may set every option by its name, for all commands (db = "
          + "\"…\") or for one ([gate] limit-ms = 50), per environment ([env.prod]); "
          + "and hold [[budget]] and [[owner]] tables."
    })
public final class ConfigCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();
  Map<String, String> environment = System.getenv();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = ConfigOptions.settings(spec);
    Grid grid = new Grid(List.of("SETTING", "VALUE", "FROM"));
    add(grid, settings, "db", store.name);
    add(grid, settings, "output", output.format.name().toLowerCase(java.util.Locale.ROOT));
    settings
        .options()
        .forEach(
            (key, setting) -> {
              if (!key.equals("db") && !key.equals("output")) {
                grid.add(List.of(key, setting.value(), setting.place()));
              }
            });
    settings
        .policyLines()
        .forEach(
            (line, place) -> {
              int end = line.indexOf(' ');
              grid.add(List.of(line.substring(0, end), line.substring(end + 1), place));
            });
    grid.print(output.format, out);
    Policy policy = settings.policy();
    if (!policy.budgets().isEmpty() && !policy.canFail()) {
      spec.commandLine()
          .getErr()
          .println("Every budget is a warning: frostline gate cannot fail by them.");
    }
    return 0;
  }

  private void add(Grid grid, Settings settings, String key, String value) {
    CommandLine.ParseResult given = spec.commandLine().getParseResult();
    Settings.Setting setting = settings.of(spec.name(), key);
    String from = "default";
    if (given.hasMatchedOption("--" + key)) {
      from = "--" + key;
    } else if (key.equals("db") && environment.containsKey("FROSTLINE_DB")) {
      from = "FROSTLINE_DB";
    } else if (setting != null) {
      from = setting.place();
    }
    grid.add(List.of(key, value, from));
  }
}
