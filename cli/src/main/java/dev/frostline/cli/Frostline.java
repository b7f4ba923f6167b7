package dev.frostline.cli;

import dev.frostline.account.AccountException;
import dev.frostline.cli.account.DoctorCommand;
import dev.frostline.cli.account.SubscribeCommand;
import dev.frostline.cli.account.WrapCommand;
import dev.frostline.cli.comparison.AckCommand;
import dev.frostline.cli.comparison.CompareCommand;
import dev.frostline.cli.comparison.ExplainCommand;
import dev.frostline.cli.comparison.RegressionsCommand;
import dev.frostline.cli.comparison.ReplayCommand;
import dev.frostline.cli.export.ExportCommand;
import dev.frostline.cli.gate.GateCommand;
import dev.frostline.cli.gate.TraceCommand;
import dev.frostline.cli.ingest.CompactCommand;
import dev.frostline.cli.ingest.IngestCommand;
import dev.frostline.cli.ingest.PruneCommand;
import dev.frostline.cli.ingest.RejectsCommand;
import dev.frostline.cli.ingest.SyncCommand;
import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.report.NotifyCommand;
import dev.frostline.cli.report.ReportCommand;
import dev.frostline.cli.report.ServeCommand;
import dev.frostline.cli.settings.ConfigCommand;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.settings.Settings;
import dev.frostline.cli.settings.SettingsDefaults;
import dev.frostline.cli.settings.SettingsReader;
import dev.frostline.cli.sql.SqlCommand;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.whatif.AdviseCommand;
import dev.frostline.cli.whatif.PromisesCommand;
import dev.frostline.cli.whatif.WhatIfCommand;
import dev.frostline.store.StoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The frostline command line. */
@Command(
    name = "frostline",
    mixinStandardHelpOptions = true,
    version = "frostline 0.1.0",
    description = "Which deployment made Lambda cold starts slower, and which import did it.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done and fine",
      "1:a judgement failed, or doctor found something",
      "2:wrong usage",
      "3:cannot judge: too little data",
      "4:could not do it: input, store, disk, memory, AWS, or a fault of Frostline",
      "5:part of the input was rejected (--strict)"
    })
public final class Frostline {
  /** In the order in which the help lists them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          TraceCommand.class,
          WhatIfCommand.class,
          AdviseCommand.class,
          PromisesCommand.class,
          IngestCommand.class,
          SyncCommand.class,
          CompactCommand.class,
          ReplayCommand.class,
          PruneCommand.class,
          FunctionsCommand.class,
          RegressionsCommand.class,
          ExplainCommand.class,
          CompareCommand.class,
          ImportsCommand.class,
          GateCommand.class,
          AckCommand.class,
          ReportCommand.class,
          NotifyCommand.class,
          ExportCommand.class,
          SqlCommand.class,
          ServeCommand.class,
          McpCommand.class,
          WrapCommand.class,
          SubscribeCommand.class,
          DoctorCommand.class,
          RejectsCommand.class,
          CompletionCommand.class,
          VersionCommand.class,
          ConfigCommand.class,
          CommandLine.HelpCommand.class);

  @Mixin ConfigOptions config = new ConfigOptions();

  private Frostline() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    // answers are in English, and programs read them
    Locale.setDefault(Locale.ROOT);
    StandardOutput standardOutput = new StandardOutput();
    System.setOut(standardOutput.stream());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Unexpected.say(failure, err));
    int exitCode = run(out, err, arguments);
    out.flush();
    System.exit(standardOutput.exitCode(exitCode, err));
  }

  /** Runs one command and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Frostline frostline = new Frostline();
    CommandLine commandLine = frostline.commands(asked(arguments));
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpWidth(Columns.ofHelp());
    commandLine.setParameterExceptionHandler(Frostline::misused);
    commandLine.setExecutionExceptionHandler(Frostline::explain);
    commandLine.setExecutionStrategy(Frostline::execute);
    try {
      frostline.readSettings(commandLine, System.getenv(), arguments);
      return commandLine.execute(arguments);
    } catch (Failure failure) {
      return explained(failure, commandLine);
    } catch (Throwable e) { // errors too: whatever it is, its user gets a sentence
      return Unexpected.say(e, err);
    }
  }

  /** The command line with all of its commands. */
  static CommandLine whole() {
    return new Frostline().commands(COMMANDS);
  }

  private CommandLine commands(List<Class<?>> commands) {
    CommandLine commandLine = new CommandLine(this);
    commands.forEach(commandLine::addSubcommand);
    CommandLine help = commandLine.getSubcommands().get("help");
    if (help != null) {
      help.getCommandSpec().usageMessage().description("Prints the help of a command.");
    }
    return commandLine;
  }

  /**
   * The command of the first word alone: the model of all commands costs more than half of a start.
   * All of them for a word that is none, for the help, and for completions.
   */
  private static List<Class<?>> asked(String... arguments) {
    return COMMANDS.stream()
        .filter(command -> arguments.length > 0 && arguments[0].equals(word(command)))
        .filter(command -> command != CompletionCommand.class)
        .filter(command -> command != CommandLine.HelpCommand.class)
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  /** {@code what-if} of {@code WhatIfCommand}: the name of its annotation, without reading that. */
  static String word(Class<?> command) {
    return command
        .getSimpleName()
        .replaceFirst("Command$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** Before the arguments are parsed, since the settings give defaults; help needs none. */
  private void readSettings(
      CommandLine commands, Map<String, String> environment, String... arguments) {
    List<String> words = List.of(arguments);
    if (words.isEmpty()
        || words.contains("--help")
        || words.contains("-h")
        || words.contains("help")) {
      return;
    }
    ConfigOptions asked = ConfigOptions.of(arguments);
    Path file =
        Settings.find(
            asked.file, environment, Path.of(""), Path.of(System.getProperty("user.home", "")));
    String environmentName =
        asked.environment != null ? asked.environment : environment.get("FROSTLINE_ENV");
    if (file != null) {
      Settings settings = SettingsReader.read(file, whole(), environmentName);
      config.apply(settings);
      commands.setDefaultValueProvider(new SettingsDefaults(settings, environment));
    } else if (environmentName != null) {
      throw new Failure(
          Failure.USAGE,
          "There is no frostline.toml for the environment "
              + environmentName
              + ". Name one with --config.");
    }
  }

  /** The store that a command works on is there before it begins. */
  private static int execute(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
      for (CommandSpec mixin : last.commandSpec().mixins().values()) {
        if (mixin.userObject() instanceof StoreOption store && !asksElsewhere(last)) {
          try {
            store.bring();
          } catch (Failure | StoreException e) {
            return explain(e, last.commandSpec().commandLine(), last);
          }
        }
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static boolean asksElsewhere(CommandLine.ParseResult asked) {
    return asked.commandSpec().userObject() instanceof SqlCommand sql && sql.engine.isElsewhere();
  }

  /** What is wrong, how the command is called and where more is said, and not all of its help. */
  private static int misused(CommandLine.ParameterException wrong, String... arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("frostline: " + SafeText.of(String.valueOf(wrong.getMessage())));
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    CommandLine.Help help = command.getHelp();
    err.print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
    err.println("More: " + command.getCommandSpec().qualifiedName() + " --help");
    return Failure.USAGE;
  }

  /** The one place where a failure becomes a sentence and an exit code. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof Failure known) {
      return explained(known, command);
    }
    if (failure instanceof StoreException || failure instanceof AccountException) {
      command.getErr().println("frostline: " + SafeText.of(String.valueOf(failure.getMessage())));
      return Failure.COULD_NOT;
    }
    return Unexpected.say(failure, command.getErr());
  }

  private static int explained(Failure failure, CommandLine command) {
    command.getErr().println("frostline: " + SafeText.of(failure.reason()));
    return failure.exitCode();
  }
}
