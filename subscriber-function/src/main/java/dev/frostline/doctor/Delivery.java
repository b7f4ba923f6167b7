package dev.frostline.doctor;

import dev.frostline.account.LambdaFunction;
import dev.frostline.account.Wrapping;
import dev.frostline.subscribe.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

  /** What planning a subscription of its log group came to. */
  static Finding of(LambdaFunction function, Subscription subscription) {
    String group = subscription.logGroup() + ": ";
    String fix = "frostline subscribe plan, then apply";
    return switch (subscription.action()) {
      case KEEP -> Finding.fine(function.name(), group + "subscribed");
      case ADD -> Finding.fault(function.name(), group + "not subscribed", fix);
      case UPDATE ->
          Finding.fault(function.name(), group + "its filter is not this version's", fix);
      case CANNOT ->
          Finding.fault(
              function.name(),
              group + subscription.reason(),
              "frostline subscribe plan --account-policy needs no slot");
      case REMOVE, NEVER -> Finding.note(function.name(), group + subscription.reason(), "");
    };
  }
}
