package dev.frostline.wrap;

import dev.frostline.account.Action;
import java.util.List;

/**
 * Which functions get the layer, or lose it, in one Region; saved as JSON between plan and apply.
 *
 * @param layer ARN of the layer version, or "" when it is taken off
 */
public record WrapPlan(
    int schemaVersion, String kind, String region, String layer, List<WrapChange> functions) {
  /** Version of this form; a later one only gains keys. */
  public static final int SCHEMA_VERSION = 1;

  /** What a saved file says it is. */
  public static final String KIND = "frostline wrap plan";

  static WrapPlan of(String region, String layer, List<WrapChange> functions) {
    return new WrapPlan(SCHEMA_VERSION, KIND, region, layer, functions);
  }

  /** How many functions it treats so. */
  public long count(Action action) {
    return functions.stream().filter(one -> one.action() == action).count();
  }

  /** How many functions it changes. */
  public long changes() {
    return functions.stream().filter(one -> one.action().isChange()).count();
  }

  /** The plan that takes this one back. */
  public WrapPlan inverse() {
    return of(
        region,
        "",
        functions.stream()
            .filter(one -> one.action().isChange())
            .map(WrapChange::inverse)
            .toList());
  }
}
