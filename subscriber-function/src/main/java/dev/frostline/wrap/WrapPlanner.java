package dev.frostline.wrap;

import dev.frostline.account.Account;
import dev.frostline.account.AccountException;
import dev.frostline.account.Action;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.Selection;
import dev.frostline.account.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides for each function what putting the layer on, or taking it off, changes. It only reads;
 * what stands in the way is a state of the plan.
 */
public final class WrapPlanner {
  private static final int MOST_LAYERS = 5;
  private static final Pattern LAYER_VERSION =
      Pattern.compile(
          "arn:[a-z-]+:lambda:([a-z0-9-]+):\\d{12}:layer:(frostline(?:-[\\w-]+)?:\\d+)");

  private final Account account;

  /** Plans in one account. */
  public WrapPlanner(Account account) {
    this.account = account;
  }

  /**
   * The plan that puts the layer on.
   *
   * @param layer ARN of a version of a layer named frostline or frostline-something, in this Region
   * @param variables FROSTLINE_ variables to set besides
   * @throws AccountException when that is no such ARN, or a variable is not ours
   */
  public WrapPlan plan(Selection selection, String layer, Map<String, String> variables) {
    Matcher version = LAYER_VERSION.matcher(layer);
    if (!version.matches() || !version.group(1).equals(account.region())) {
      throw new AccountException(
          layer
              + " is no version of Frostline's layer in "
              + account.region()
              + ". Publish it there as a layer named frostline and give its ARN: --layer"
              + " arn:aws:lambda:REGION:ACCOUNT:layer:frostline:VERSION");
    }
    for (String name : variables.keySet()) {
      if (!name.startsWith("FROSTLINE_")) {
        throw new AccountException("--set is for FROSTLINE_ variables; " + name + " is none");
      }
    }
    return WrapPlan.of(
        account.region(), layer, each(selection, one -> wrap(one, layer, variables)));
  }

  /** The plan that takes the layer off. */
  public WrapPlan removal(Selection selection) {
    return WrapPlan.of(account.region(), "", each(selection, WrapPlanner::unwrap));
  }

  private List<WrapChange> each(Selection selection, Function<LambdaFunction, WrapChange> decide) {
    List<WrapChange> changes = new ArrayList<>();
    for (LambdaFunction function : account.functions()) {
      if (selection.holds(function, account)) {
        changes.add(decide.apply(function));
      }
    }
    return changes;
  }

  private static WrapChange wrap(
      LambdaFunction function, String layer, Map<String, String> variables) {
    List<String> layers = new ArrayList<>();
    for (String one : function.layers()) {
      if (!Wrapping.isOurs(one)) {
        layers.add(one);
      } else if (!layers.contains(layer)) {
        layers.add(layer);
      }
    }
    if (!layers.contains(layer)) {
      layers.add(layer);
    }
    Map<String, String> ours = Variables.ours(function.environment());
    String other = ours.put(Wrapping.EXEC_WRAPPER, Wrapping.OURS);
    boolean chains = other != null && !other.equals(Wrapping.OURS);
    String next = ours.get(Variables.NEXT_WRAPPER);
    if (chains && next != null && !next.equals(other)) {
      return cannot(function, "two other wrappers: " + other + " and " + next);
    }
    if (chains) {
      ours.put(Variables.NEXT_WRAPPER, other);
    }
    ours.putAll(variables);
    String reason =
        "layer " + layer.substring(layer.indexOf("frostline")) + (chains ? ", then " + other : "");
    return change(function, reason, layers, ours);
  }

  private static WrapChange unwrap(LambdaFunction function) {
    List<String> layers = function.layers().stream().filter(one -> !Wrapping.isOurs(one)).toList();
    Map<String, String> ours = Variables.ours(function.environment());
    String next = ours.get(Variables.NEXT_WRAPPER);
    Map<String, String> kept = new TreeMap<>();
    String wrapper = ours.get(Wrapping.EXEC_WRAPPER);
    if (wrapper != null && !wrapper.equals(Wrapping.OURS)) {
      kept.put(Wrapping.EXEC_WRAPPER, wrapper);
    } else if (next != null) {
      kept.put(Wrapping.EXEC_WRAPPER, next);
    }
    return change(function, "take the layer off", layers, kept);
  }

  private static WrapChange change(
      LambdaFunction function, String reason, List<String> layers, Map<String, String> ours) {
    String obstacle = obstacle(function, layers, Variables.with(function.environment(), ours));
    if (!obstacle.isEmpty()) {
      return cannot(function, obstacle);
    }
    WrapChange.Image before = image(function);
    WrapChange.Image after =
        new WrapChange.Image(
            layers, ours, Variables.sha256(Variables.with(function.environment(), ours)));
    if (before.equals(after)) {
      return made(function, Action.KEEP, "already right", before, after);
    }
    boolean isNew = !Wrapping.of(function).isWrapped();
    boolean isGone = layers.stream().noneMatch(Wrapping::isOurs);
    Action action = isGone ? Action.REMOVE : isNew ? Action.ADD : Action.UPDATE;
    return made(function, action, reason, before, after);
  }

  /** What makes AWS or the runtime refuse, or "". */
  private static String obstacle(
      LambdaFunction function, List<String> layers, Map<String, String> environment) {
    boolean adds = layers.stream().anyMatch(Wrapping::isOurs);
    if (!function.environmentReadable()) {
      return "its variables cannot be read: allow kms:Decrypt on its key";
    }
    if (function.updating()) {
      return "another update is in progress: plan again when it is over";
    }
    if (adds && !Runtimes.obstacle(function).isEmpty()) {
      return Runtimes.obstacle(function);
    }
    if (adds && layers.size() > MOST_LAYERS) {
      return "it has " + (layers.size() - 1) + " other layers, and Lambda takes " + MOST_LAYERS;
    }
    return Variables.fits(environment) ? "" : "its variables would be over Lambda's 4 kB";
  }

  private static WrapChange cannot(LambdaFunction function, String why) {
    return made(function, Action.CANNOT, why, image(function), image(function));
  }

  private static WrapChange made(
      LambdaFunction function,
      Action action,
      String reason,
      WrapChange.Image before,
      WrapChange.Image after) {
    return new WrapChange(
        function.name(), action, reason, function.runtime(), function.revision(), before, after);
  }

  /** A function's configuration as far as we change it. */
  static WrapChange.Image image(LambdaFunction function) {
    return new WrapChange.Image(
        function.layers(),
        Variables.ours(function.environment()),
        Variables.sha256(function.environment()));
  }
}
