package dev.frostline.cli.account;

import dev.frostline.account.Account;
import dev.frostline.account.DeliveryMetrics;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.output.Times;
import dev.frostline.doctor.Doctor;
import dev.frostline.doctor.Finding;
import dev.frostline.doctor.Finding.Mark;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Why is a function silent, and is everything in the store that was taken in? */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says why a function is silent, and checks the store's ledger against its " + "rows.",
      "With --db alone, it works without AWS. It exits with 1 when it finds a fault."
    },
    footer = {"", "Example: frostline doctor --destination ARN -f checkout-api"})
public final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin AccountOption aws = new AccountOption();
  @Mixin SelectionOption selection = new SelectionOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--db",
      paramLabel = "FILE",
      defaultValue = "${FROSTLINE_DB}",
      description = "The store to check (default: FROSTLINE_DB).")
  @Nullable Path store;

  @Option(
      names = "--destination",
      defaultValue = "${FROSTLINE_DESTINATION}",
      paramLabel = "ARN",
      description = "Alias of the ingest function (default: FROSTLINE_DESTINATION).")
  @Nullable String destination;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "Functions without a cold start since then are silent (default: 7d).")
  String since = "7d";

  @Override
  public Integer call() {
    if (store == null && destination == null) {
      throw new Failure(
          Failure.USAGE,
          "Name what to look at: --db FILE for a store, --destination ARN for an account");
    }
    List<Finding> findings = new ArrayList<>();
    StoreCheckup checkup = null;
    if (store != null) {
      mustExist(store);
      checkup = new StoreCheckup(store, Times.parse(since, Instant.now()));
      findings.addAll(checkup.findings());
    }
    if (destination != null) {
      findings.addAll(examineAccount(destination, checkup));
    }
    print(findings);
    return findings.stream().anyMatch(one -> one.mark() == Mark.FAULT) ? Failure.JUDGED : 0;
  }

  private List<Finding> examineAccount(String arn, @Nullable StoreCheckup checkup) {
    try (Account account = aws.open();
        DeliveryMetrics metrics = new DeliveryMetrics(aws.connection())) {
      Doctor doctor = new Doctor(account, metrics, arn);
      List<Finding> findings = new ArrayList<>(doctor.examineIngest());
      findings.addAll(doctor.examineFunctions(selection.selection()));
      if (checkup != null) {
        findings.addAll(checkup.silent(findings));
        findings.addAll(checkup.withoutSnapshot(doctor.withSnapStart(selection.selection())));
      }
      return findings;
    }
  }

  private static void mustExist(Path store) {
    if (!Files.exists(store)) {
      throw new Failure(
          Failure.COULD_NOT, "There is no store " + store + ". Fill one: frostline ingest FILES");
    }
  }

  private void print(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.format != OutputFormat.TABLE) {
      Grid grid = new Grid(List.of("mark", "subject", "message", "fix"));
      for (Finding one : findings) {
        grid.add(
            List.of(
                one.mark().name().toLowerCase(Locale.ROOT),
                one.subject(),
                one.message(),
                one.fix()));
      }
      grid.print(output.format, out);
      return;
    }
    for (Finding one : findings) {
      out.println(
          one.mark().sign()
              + " "
              + SafeText.of(
                  one.subject()
                      + "  "
                      + one.message()
                      + (one.fix().isEmpty() ? "" : "  → " + one.fix())));
    }
    long faults = findings.stream().filter(one -> one.mark() == Mark.FAULT).count();
    out.println(faults == 0 ? "No fault found" : faults + (faults == 1 ? " fault" : " faults"));
    out.flush();
  }
}
