package dev.frostline.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the wrapper says in the agent's argument ({@code
 * id=3f9c0d2e,t=1795345072508245,mode=clinit}) and what the function's variables say.
 */
final class Settings {
  private static final long DEFAULT_THRESHOLD_MICROS = 100;

  final boolean wrapped;
  final String id;
  final String mode;
  final long begunMicros;
  final long thresholdNanos;
  final List<String> handlers = new ArrayList<>();

  private Settings(@Nullable String argument) {
    String given = argument == null ? "" : argument;
    wrapped = !value(given, "id").isEmpty();
    id = wrapped ? value(given, "id") : madeUpId();
    mode = wrapped ? value(given, "mode") : StartGuard.mode(given);
    begunMicros = number(value(given, "t"), 0);
    thresholdNanos = 1000 * number(env("FROSTLINE_MIN_US"), DEFAULT_THRESHOLD_MICROS);
    for (String name : new String[] {"_HANDLER", "ORIG_HANDLER", "DD_LAMBDA_HANDLER"}) {
      String handler = env(name);
      int method = handler.indexOf("::");
      if (!handler.isEmpty()) {
        handlers.add(method < 0 ? handler : handler.substring(0, method));
      }
    }
  }

  static Settings of(@Nullable String argument) {
    return new Settings(argument);
  }

  /** JSON events, of the lowest level that the function's log keeps; else null. */
  @Nullable String jsonLevel() {
    if (!env("AWS_LAMBDA_LOG_FORMAT").equals("JSON")) {
      return null;
    }
    String level = env("AWS_LAMBDA_LOG_LEVEL");
    return level.isEmpty() ? "INFO" : level;
  }

  /** The platform gives an on-demand init ten seconds; the other kinds have minutes. */
  boolean hasDeadline() {
    String type = env("AWS_LAMBDA_INITIALIZATION_TYPE");
    return type.equals("on-demand");
  }

  static String env(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  static String value(String given, String key) {
    for (String pair : given.split(",", -1)) {
      if (pair.startsWith(key)
          && pair.length() > key.length()
          && pair.charAt(key.length()) == '=') {
        return pair.substring(key.length() + 1);
      }
    }
    return "";
  }

  private static long number(String text, long otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static String madeUpId() {
    long seed = (System.nanoTime() * 0x9e3779b97f4a7c15L) ^ System.currentTimeMillis();
    String hex = Integer.toHexString((int) (seed >>> 32) ^ (int) seed);
    return "00000000".substring(hex.length()) + hex;
  }
}
