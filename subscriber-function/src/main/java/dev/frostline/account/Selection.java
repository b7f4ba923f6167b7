package dev.frostline.account;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which functions are meant.
 *
 * @param names exact names; empty names none
 * @param pattern found anywhere in the name, or null
 * @param tag {@code KEY=VALUE}, or {@code KEY} for any value, or null
 * @param wrapped also those whose variables or layers say that Frostline's layer is on them
 */
public record Selection(
    List<String> names, @Nullable Pattern pattern, @Nullable String tag, boolean wrapped) {
  private static final String OWN_CODE = "dev.frostline.";

  /** Those that carry the layer, whatever their name. */
  public static final Selection WRAPPED = new Selection(List.of(), null, null, true);

  /** Whether a function is meant; asks for its tags only where these alone decide. */
  public boolean holds(LambdaFunction function, Account account) {
    return !isOwn(function)
        && (holdsName(function.name())
            || (wrapped && Wrapping.of(function).isWrapped())
            || (tag != null && hasTag(account.tags(function))));
  }

  /** Whether a name alone says so; also of functions that are gone. */
  public boolean holdsName(String name) {
    return names.contains(name) || (pattern != null && pattern.matcher(name).find());
  }

  /** Frostline's own functions: their logs would loop, and nothing is ever put on them. */
  public static boolean isOwn(LambdaFunction function) {
    return function.handler().startsWith(OWN_CODE);
  }

  private boolean hasTag(Map<String, String> tags) {
    String wanted = String.valueOf(tag);
    int equals = wanted.indexOf('=');
    return equals < 0
        ? tags.containsKey(wanted)
        : wanted.substring(equals + 1).equals(tags.get(wanted.substring(0, equals)));
  }
}
