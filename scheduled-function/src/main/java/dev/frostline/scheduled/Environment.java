package dev.frostline.scheduled;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a function finds around itself. */
final class Environment {
  private static final Duration WITHOUT_CONTEXT = Duration.ofMinutes(15);

  private Environment() {}

  static String required(String name, String meaning) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("Set " + name + " to " + meaning);
    }
    return value;
  }

  /** A setting that may be missing; empty then. */
  static String optional(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value.strip();
  }

  /** When that share of the time left is over. */
  static Instant after(double share, @Nullable Context context) {
    long left = context == null ? WITHOUT_CONTEXT.toMillis() : context.getRemainingTimeInMillis();
    return Instant.now().plusMillis((long) (share * left));
  }
}
