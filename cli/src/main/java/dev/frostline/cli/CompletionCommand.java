package dev.frostline.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The script that completes commands and options in a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints the completion script for bash, zsh or fish.",
    footer = {
      "",
      "Example: source <(frostline completion bash)      in ~/.bashrc",
      "         source <(frostline completion zsh)       in ~/.zshrc",
      "         frostline completion fish | source       in ~/.config/fish/config.fish"
    })
final class CompletionCommand implements Runnable {
  /** Shells with a script; bash and zsh take the same one. */
  enum ShellName {
    BASH,
    ZSH,
    FISH
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      description = "The shell: bash, zsh or fish (default: bash).")
  ShellName shell = ShellName.BASH;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    CommandLine root = spec.root().commandLine();
    out.print(
        shell == ShellName.FISH
            ? new FishCompletion(root).script()
            : AutoComplete.bash("frostline", root));
    out.flush();
  }
}
