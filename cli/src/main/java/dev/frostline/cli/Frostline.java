package dev.frostline.cli;

import dev.frostline.store.StoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The frostline command line. */
@Command(
    name = "frostline",
    mixinStandardHelpOptions = true,
    version = "frostline 0.1.0",
    description = "Which deployment made Lambda cold starts slower, and which import did it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      IngestCommand.class,
      SyncCommand.class,
      FunctionsCommand.class,
      RegressionsCommand.class,
      ExplainCommand.class,
      CompareCommand.class,
      ImportsCommand.class,
      GateCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      SqlCommand.class,
      RejectsCommand.class,
      CompletionCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done and fine",
      "1:a judgement failed",
      "2:wrong usage",
      "3:cannot judge: too little data",
      "4:could not do it: input, store or disk",
      "5:part of the input was rejected (--strict)"
    })
public final class Frostline {
  private Frostline() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /** Runs one command and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine commandLine = new CommandLine(new Frostline());
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(Frostline::explain);
    return commandLine.execute(arguments);
  }

  /** The one place where a failure becomes a sentence and an exit code. */
  private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof Failure known) {
      command.getErr().println("frostline: " + SafeText.of(known.reason()));
      return known.exitCode();
    }
    if (failure instanceof StoreException) {
      command.getErr().println("frostline: " + SafeText.of(String.valueOf(failure.getMessage())));
      return Failure.COULD_NOT;
    }
    throw failure;
  }
}
