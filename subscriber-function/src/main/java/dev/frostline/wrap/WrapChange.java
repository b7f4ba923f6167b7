package dev.frostline.wrap;

import dev.frostline.account.Action;
import java.util.List;
import java.util.Map;

/**
 * What a plan does with one function. Only variables that Frostline sets are in it, so that a saved
 * plan holds no secret; a digest over all of them proves that the others stayed.
 *
 * @param reason in words, for people
 * @param runtime e.g. python3.13
 * @param revision RevisionId when the plan was made
 */
public record WrapChange(
    String function,
    Action action,
    String reason,
    String runtime,
    String revision,
    Image before,
    Image after) {

  /**
   * A configuration as far as we change it.
   *
   * @param layers ARNs of layer versions, in order
   * @param variables those Frostline may set, and only where they are set
   * @param environmentSha256 over all variables of the function
   */
  public record Image(
      List<String> layers, Map<String, String> variables, String environmentSha256) {}

  /** What takes this back. */
  WrapChange inverse() {
    return new WrapChange(
        function, Action.UPDATE, "as before the plan", runtime, revision, after, before);
  }
}
