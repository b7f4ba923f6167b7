package dev.frostline.doctor;

import dev.frostline.account.DeliveryMetrics;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.SubscriptionFilter;
import dev.frostline.account.Wrapping;
import dev.frostline.subscribe.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what a function logs is kept by its log format and levels, and subscribed. */
final class Delivery {
  private static final Set<String> ABOVE_INFO = Set.of("WARN", "ERROR", "FATAL");

  private Delivery() {}

  /** What the levels of the JSON format drop; the text format drops nothing. */
  static List<Finding> examineLevels(LambdaFunction function) {
    List<Finding> findings = new ArrayList<>();
    LambdaFunction.Logging logging = function.logging();
    if (ABOVE_INFO.contains(logging.system())) {
      findings.add(
          Finding.fault(
              function.name(),
              "system log level " + logging.system() + " drops INIT_START and REPORT",
              "aws lambda update-function-configuration --function-name "
                  + function.name()
                  + " --logging-config LogFormat=JSON,SystemLogLevel=INFO"));
    }
    if (ABOVE_INFO.contains(logging.application())) {
      String level = "JSON format with application log level " + logging.application();
      findings.add(
          Wrapping.of(function).wrapper()
              ? Finding.note(
                  function.name(), level + ": the layer logs its lines packed, at that level", "")
              : Finding.fault(
                  function.name(),
                  level + " drops import timings",
                  "start it through the wrapper, which packs them: frostline wrap plan"));
    }
    return findings;
  }

  /**
   * What planning a subscription of its log group came to, and what was delivered.
   *
   * @param counts of the last day; null when they are not known
   */
  static List<Finding> of(
      LambdaFunction function, Subscription subscription, DeliveryMetrics.@Nullable Counts counts) {
    String group = subscription.logGroup() + ": ";
    String fix = "frostline subscribe plan, then apply";
    return switch (subscription.action()) {
      case KEEP -> delivered(function.name(), subscription.logGroup(), counts);
      case ADD -> List.of(Finding.fault(function.name(), group + "not subscribed", fix));
      case UPDATE -> List.of(Finding.fault(function.name(), group + wrong(subscription), fix));
      case CANNOT ->
          List.of(
              Finding.fault(
                  function.name(),
                  group + subscription.reason(),
                  subscription.before().isEmpty()
                      ? ""
                      : "frostline subscribe plan --account-policy needs no slot"));
      case UNNAMED, REMOVE, NEVER ->
          List.of(Finding.note(function.name(), group + subscription.reason(), ""));
    };
  }

  private static String wrong(Subscription subscription) {
    SubscriptionFilter before = Subscription.named(subscription.before()).orElseThrow();
    SubscriptionFilter after = Objects.requireNonNull(subscription.after());
    return before.destination().equals(after.destination())
        ? "its filter is not this version's"
        : "its filter feeds " + before.destination();
  }

  private static List<Finding> delivered(
      String name, String group, DeliveryMetrics.@Nullable Counts counts) {
    if (counts == null) {
      return List.of(Finding.fine(name, group + ": subscribed"));
    }
    List<Finding> findings = new ArrayList<>();
    if (counts.errors() > 0) {
      findings.add(
          Finding.fault(
              name,
              String.format(
                  "%s: %,d log events of the last day met an error and may be skipped",
                  group, counts.errors()),
              "aws logs filter-log-events --log-group-name "
                  + group
                  + " > lost.json, then frostline ingest lost.json -f "
                  + name));
    }
    if (counts.throttled() > 0) {
      findings.add(
          Finding.note(
              name,
              String.format(
                  "%s: %,d log events of the last day were throttled; they are tried again for 24"
                      + " hours",
                  group, counts.throttled()),
              "raise the ingest function's reserved concurrency"));
    }
    findings.add(
        counts.forwarded() > 0
            ? Finding.fine(
                name,
                String.format(
                    "%s: subscribed, %,d log events delivered in the last day",
                    group, counts.forwarded()))
            : Finding.note(
                name,
                group + ": subscribed, but nothing was delivered in the last day",
                "see whether it was invoked"));
    return findings;
  }
}
