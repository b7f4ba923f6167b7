package dev.frostline.subscribe;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.frostline.account.Account;
import dev.frostline.account.Action;
import dev.frostline.account.Connection;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.LogGroup;
import dev.frostline.account.Notice;
import dev.frostline.account.Outcome;
import dev.frostline.account.Selection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda that keeps subscriptions right: on events of CloudTrail, which EventBridge brings, it
 * looks at the one function or log group that was made or changed; on its schedule it looks at all
 * of them.
 *
 * <pre>
 * {"detail-type":"AWS API Call via CloudTrail","detail":{"eventName":"CreateFunction20150331","requestParameters":{"functionName":"checkout-api"}}}
 * {"detail-type":"AWS API Call via CloudTrail","detail":{"eventName":"CreateLogGroup","requestParameters":{"logGroupName":"/aws/lambda/checkout-api"}}}
 * {"detail-type":"Scheduled Event"}
 * </pre>
 */
public final class SubscribeHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final int SPARE_MILLIS = 30_000;

  private final Account account;
  private final Notice notice;
  private final String destination;
  private final Selection selection;

  /**
   * As Lambda makes it: {@code FROSTLINE_DESTINATION} is the ARN of the ingest function's alias,
   * {@code FROSTLINE_FUNCTIONS_REGEX} and {@code FROSTLINE_TAG} add functions without the layer,
   * {@code FROSTLINE_TOPIC} is told of what could not be done.
   */
  public SubscribeHandler() {
    this(System.getenv(), Connection.to(null, null));
  }

  /** A handler for variables and an account. */
  public SubscribeHandler(Map<String, String> variables, Connection connection) {
    account = new Account(connection);
    notice = new Notice(connection, variables.getOrDefault("FROSTLINE_TOPIC", ""));
    destination = variables.getOrDefault("FROSTLINE_DESTINATION", "");
    String pattern = variables.getOrDefault("FROSTLINE_FUNCTIONS_REGEX", "");
    String tag = variables.getOrDefault("FROSTLINE_TAG", "");
    selection =
        new Selection(
            List.of(),
            pattern.isEmpty() ? null : Pattern.compile(pattern),
            tag.isEmpty() ? null : tag,
            true);
  }

  /** Does what the event calls for; the answer counts what became of each log group. */
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    Run run = new Run(new Planner(account, destination), timeLeft(context));
    Map<?, ?> detail = map(event.get("detail"));
    Map<?, ?> request = map(detail.get("requestParameters"));
    if (request.get("functionName") instanceof String function) {
      account.function(function).ifPresent(run::subscribe);
    } else if (request.get("logGroupName") instanceof String group) {
      run.subscribe(group);
    } else {
      run.reconcile();
    }
    return run.end();
  }

  private static BooleanSupplier timeLeft(@Nullable Context context) {
    return () -> context == null || context.getRemainingTimeInMillis() > SPARE_MILLIS;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** One invocation. */
  private final class Run {
    private final Planner planner;
    private final BooleanSupplier timeLeft;
    private final Applier applier;
    private final Map<String, Object> counts = new LinkedHashMap<>();
    private final List<String> troubles = new ArrayList<>();
    private long unseen;

    Run(Planner planner, BooleanSupplier timeLeft) {
      this.planner = planner;
      this.timeLeft = timeLeft;
      this.applier = new Applier(account, planner.plan(Action.KEEP, null, List.of()));
    }

    void subscribe(LambdaFunction function) {
      String group = function.logGroup();
      if (group == null || !selection.holds(function, account) || isDestination(function)) {
        return;
      }
      LogGroup found = account.logGroup(group).orElse(null);
      make(planner.subscribe(group, List.of(function.name()), found), true);
    }

    /** A group is ours when a function of ours logs there, whatever the group's name. */
    void subscribe(String group) {
      String named = new LogGroup(group, "").functionByName();
      Optional<LambdaFunction> function =
          named.isEmpty() ? Optional.empty() : account.function(named);
      if (function.isPresent() && group.equals(function.get().logGroup())) {
        subscribe(function.get());
        return;
      }
      account.functions().stream()
          .filter(one -> group.equals(one.logGroup()))
          .forEach(this::subscribe);
    }

    /**
     * Looks at everything, beginning each time somewhere else: an account too large for one run is
     * covered by a few.
     */
    void reconcile() {
      Survey survey = planner.survey(selection);
      List<Runnable> looks = new ArrayList<>();
      survey
          .wanted()
          .forEach(
              (group, functions) ->
                  looks.add(
                      () ->
                          make(
                              planner.subscribe(group, functions, survey.groups().get(group)),
                              false)));
      survey.unwanted().forEach(group -> looks.add(() -> release(group, "the layer is gone")));
      survey.orphans().forEach(group -> looks.add(() -> release(group, "function deleted")));
      Collections.rotate(looks, (int) (System.currentTimeMillis() / 1000 % (looks.size() + 1)));
      for (Runnable look : looks) {
        if (timeLeft.getAsBoolean()) {
          look.run();
        } else {
          unseen++;
        }
      }
    }

    Map<String, Object> end() {
      if (unseen > 0) {
        troubles.add(unseen + " log groups were not looked at in time: the next run goes on");
      }
      notice.send("Frostline could not subscribe everything", troubles);
      counts.put("unseen", unseen);
      return counts;
    }

    private boolean isDestination(LambdaFunction function) {
      return LambdaFunction.nameOf(destination).equals(function.name());
    }

    private void release(String group, String why) {
      planner.release(group, why).ifPresent(one -> make(one, false));
    }

    private void make(Subscription one, boolean tellStates) {
      if (!one.action().isChange()) {
        count(one.action().word());
        if (tellStates && (one.action() == Action.CANNOT || one.action() == Action.UNNAMED)) {
          troubles.add(one.logGroup() + ": " + one.reason());
        }
        return;
      }
      Outcome outcome = applier.apply(one);
      count(outcome.result().isFine() ? one.action().word() : "failed");
      if (!outcome.result().isFine()) {
        troubles.add(outcome.subject() + ": " + outcome.message());
      }
    }

    private void count(String what) {
      counts.merge(what, 1L, (one, other) -> (Long) one + (Long) other);
    }
  }
}
