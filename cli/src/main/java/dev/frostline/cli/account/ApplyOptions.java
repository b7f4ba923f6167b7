package dev.frostline.cli.account;

import dev.frostline.account.Account;
import dev.frostline.cli.output.OutputOption;
import java.io.PrintWriter;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What applying a plan and undoing one have in common. */
final class ApplyOptions {
  @Mixin AccountOption aws = new AccountOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--dry-run", description = "Only shows what would be done.")
  boolean dryRun;

  /** Applies a plan and returns the exit code; with {@code --dry-run} only shows it. */
  int apply(PrintWriter out, Consumer<OutputOption> show, BiConsumer<Account, PlanOutput> apply) {
    if (dryRun) {
      show.accept(output);
      return 0;
    }
    try (Account account = aws.open()) {
      PlanOutput told = new PlanOutput(output.format, out);
      apply.accept(account, told);
      return told.end();
    }
  }
}
