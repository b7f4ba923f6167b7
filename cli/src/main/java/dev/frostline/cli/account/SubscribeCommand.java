package dev.frostline.cli.account;

import dev.frostline.account.Account;
import dev.frostline.account.PlanFile;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.subscribe.Applier;
import dev.frostline.subscribe.Planner;
import dev.frostline.subscribe.SubscriptionPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subscriptions that carry timing lines to the ingest function; nobody else's are touched. */
@Command(
    name = "subscribe",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the timing lines of functions to the ingest function, by one narrow "
          + "subscription filter on each of their log groups.",
      "Filters of others stay as they are."
    },
    footer = {
      "",
      "Example: frostline subscribe plan --destination ARN && frostline subscribe apply"
    },
    synopsisSubcommandLabel = "plan|apply|status|remove")
public final class SubscribeCommand {
  private static final String FILE = "subscribe-plan.json";

  @Spec CommandSpec spec = CommandSpec.create();

  /** Where batches go. */
  static final class DestinationOption {
    @Option(
        names = "--destination",
        required = true,
        defaultValue = "${FROSTLINE_DESTINATION}",
        paramLabel = "ARN",
        description =
            "Alias of the ingest function, or the bucket that log groups of class DELIVERY deliver"
                + " to (default: FROSTLINE_DESTINATION).")
    String arn = "";

    @Option(
        names = "--role",
        paramLabel = "ARN",
        description = "With a bucket: the role that CloudWatch Logs writes to it with.")
    @Nullable String role;
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Shows what would be done and saves it as a plan. Changes nothing.")
  int plan(
      @Mixin AccountOption aws,
      @Mixin SelectionOption selection,
      @Mixin DestinationOption destination,
      @Mixin OutputOption output,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              defaultValue = FILE,
              description = "File to save the plan to.")
          Path file,
      @Option(
              names = "--account-policy",
              description =
                  "One policy for all log groups of the Region instead of filters. Platform lines"
                      + " of every function are delivered then.")
          boolean accountPolicy) {
    try (Account account = aws.open()) {
      Planner planner = new Planner(account, destination.arn, destination.role);
      SubscriptionPlan plan =
          accountPolicy ? planner.policy() : planner.plan(selection.selection());
      PlanOutput.save(file, plan);
      PlanTable table = print(plan, output);
      if (output.format == OutputFormat.TABLE && table.hasChanges()) {
        out().println("No other filter is changed.");
        PlanOutput.tellNext(out(), "subscribe", file);
      }
      return 0;
    }
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description =
          "Carries out a saved plan. When it is run again, it continues where it "
              + "stopped. What somebody changed since the plan was made is left alone (exit "
              + "4).")
  int apply(
      @Mixin ApplyOptions options,
      @Parameters(
              paramLabel = "PLAN",
              arity = "0..1",
              defaultValue = FILE,
              description = "The saved plan (default: ${DEFAULT-VALUE}).")
          Path file) {
    return apply(read(file), options);
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows the state of the subscriptions. Changes and saves nothing.")
  int status(
      @Mixin AccountOption aws,
      @Mixin SelectionOption selection,
      @Mixin DestinationOption destination,
      @Mixin OutputOption output) {
    try (Account account = aws.open()) {
      print(
          new Planner(account, destination.arn, destination.role).plan(selection.selection()),
          output);
      return 0;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Undoes a plan, or takes every filter of Frostline off the Region.")
  int remove(
      @Mixin ApplyOptions options,
      @Option(names = "--plan", paramLabel = "PLAN", description = "The plan to undo.")
          @Nullable Path file,
      @Option(
              names = "--destination",
              defaultValue = "${FROSTLINE_DESTINATION}",
              paramLabel = "ARN",
              description = "Without a plan: alias of the ingest function.")
          @Nullable String destination) {
    if (file != null) {
      return apply(read(file).inverse(), options);
    }
    if (destination == null) {
      throw new Failure(
          Failure.USAGE, "Name what to remove: --plan " + FILE + ", or --destination ARN for all");
    }
    try (Account account = options.aws.open()) {
      return apply(new Planner(account, destination).removal(), options);
    }
  }

  private int apply(SubscriptionPlan plan, ApplyOptions options) {
    options.aws.preferRegion(plan.region());
    return options.apply(
        out(),
        output -> print(plan, output),
        (account, told) -> new Applier(account, plan).apply(told));
  }

  private PlanTable print(SubscriptionPlan plan, OutputOption output) {
    PlanTable table = new PlanTable();
    if (plan.permission().isChange()) {
      table.add(
          plan.permission(),
          "permission",
          "CloudWatch Logs invokes the ingest function: one statement for all log groups");
    }
    SubscriptionPlan.PolicyChange policy = plan.policy();
    if (policy != null) {
      table.add(policy.action(), "account policy", policy.reason());
    }
    plan.subscriptions().forEach(one -> table.add(one.action(), one.logGroup(), one.reason()));
    if (output.format == OutputFormat.TABLE && plan.functions() > 0) {
      out()
          .printf(
              "%,d functions in %s, %,d of them meant%n",
              plan.functions(), plan.region(), plan.meant());
    }
    table.print(output.format, out());
    return table;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static SubscriptionPlan read(Path file) {
    return PlanFile.read(
        file, SubscriptionPlan.class, SubscriptionPlan.KIND, SubscriptionPlan.SCHEMA_VERSION);
  }
}
