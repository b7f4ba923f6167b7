package dev.frostline.doctor;

import dev.frostline.account.LambdaFunction;
import dev.frostline.account.Wrapping;
import dev.frostline.wrap.Runtimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a function's starts are timed: runtime, layer, wrapper and our variables. */
final class Start {
  private static final Set<String> OFF = Set.of("0", "false", "FALSE", "off", "no");

  private final LambdaFunction function;
  private final Wrapping wrapping;
  private final List<Finding> findings = new ArrayList<>();

  private Start(LambdaFunction function) {
    this.function = function;
    this.wrapping = Wrapping.of(function);
  }

  static List<Finding> examine(LambdaFunction function) {
    Start start = new Start(function);
    String obstacle = Runtimes.obstacle(function);
    if (!obstacle.isEmpty() && !(function.image() && start.wrapping.isWrapped())) {
      start.fault(obstacle, "its cold starts are compared by Init Duration alone");
      return start.findings;
    }
    start.examineLayer();
    start.examineVariables();
    return start.findings;
  }

  private void examineLayer() {
    String wrapper = function.environment().getOrDefault(Wrapping.EXEC_WRAPPER, "");
    String wrap = "frostline wrap plan --layer ARN -f " + function.name();
    if (!function.environmentReadable()) {
      fault("its variables cannot be read", "allow kms:Decrypt on its key");
    } else if (!wrapping.isWrapped()) {
      fault("the layer is missing", wrap);
    } else if (wrapping.wrapper() && !wrapping.layer() && !function.image()) {
      fault(
          "the layer is missing, but "
              + Wrapping.EXEC_WRAPPER
              + " names its wrapper: no start can"
              + " succeed",
          wrap);
    } else if (!wrapping.wrapper() && !wrapping.option() && !wrapper.isEmpty()) {
      fault("the wrapper slot is taken by " + wrapper, wrap + " (starts it after ours)");
    } else if (!wrapping.wrapper() && !wrapping.option()) {
      fault("the layer is there, but " + Wrapping.EXEC_WRAPPER + " is not set", wrap);
    }
  }

  private void onRequest(String runtime, String variable) {
    if (function.runtime().startsWith(runtime)
        && !function.environment().getOrDefault(variable, "").equals("1")) {
      note("imports of this runtime are timed only on request", "set " + variable + "=1");
    }
  }

  private void examineVariables() {
    Map<String, String> variables = function.environment();
    String enabled = variables.getOrDefault("FROSTLINE_ENABLED", "1");
    String sample = variables.getOrDefault("FROSTLINE_SAMPLE", "1");
    if (OFF.contains(enabled)) {
      fault("switched off by FROSTLINE_ENABLED=" + enabled, "remove the variable");
    }
    if (sample.matches("[1-9]\\d{0,8}") && !sample.equals("1")) {
      note("only one cold start in " + sample + " is timed", "remove FROSTLINE_SAMPLE");
    }
    onRequest("nodejs", "FROSTLINE_NODE");
    onRequest("dotnet", "FROSTLINE_DOTNET");
    if (variables.getOrDefault("FROSTLINE_JAVA", "").equals("off")) {
      fault("switched off by FROSTLINE_JAVA=off", "remove the variable");
    }
  }

  private void fault(String message, String fix) {
    findings.add(Finding.fault(function.name(), message, fix));
  }

  private void note(String message, String fix) {
    findings.add(Finding.note(function.name(), message, fix));
  }
}
