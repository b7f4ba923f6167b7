package dev.frostline.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The script that completes commands and options in a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints the completion script for bash or zsh.",
    footer = {
      "",
      "Example: source <(frostline completion bash)      in ~/.bashrc",
      "         source <(frostline completion zsh)       in ~/.zshrc"
    })
final class CompletionCommand implements Runnable {
  /** Shells with a script: the same one serves both. */
  enum ShellName {
    BASH,
    ZSH
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      description = "${COMPLETION-CANDIDATES} (default: bash).")
  ShellName shell = ShellName.BASH;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("frostline", spec.root().commandLine()));
    out.flush();
  }
}
