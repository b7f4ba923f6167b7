package dev.frostline.coldstart;

import org.jspecify.annotations.Nullable;

/**
 * Reads the runtime out of INIT_START's runtime version: {@code python:3.12.mainlinev2.v27} is
 * python3.12. The forms vary by year ({@code nodejs:20.v15}, {@code java:21.mainline.v82}, {@code
 * java:11.al2023.v4}, {@code python:3.14.DurableFunction.v13}), so only the leading numbers and the
 * Amazon Linux they run on count.
 */
final class RuntimeVersion {
  private RuntimeVersion() {}

  /** The runtime as the Lambda API spells it, or null for a text of another form. */
  static @Nullable String runtime(@Nullable String runtimeVersion) {
    int colon = runtimeVersion == null ? -1 : runtimeVersion.indexOf(':');
    if (runtimeVersion == null || colon <= 0 || colon == runtimeVersion.length() - 1) {
      return null;
    }
    String language = runtimeVersion.substring(0, colon);
    String[] parts = runtimeVersion.substring(colon + 1).split("\\.", -1);
    StringBuilder runtime = new StringBuilder(language);
    runtime.append(language.equals("provided") ? "." : "").append(parts[0]);
    for (int i = 1; i < parts.length && (isNumber(parts[i]) || isAmazonLinux(parts[i])); i++) {
      runtime.append('.').append(parts[i]);
    }
    return runtime.toString();
  }

  /** java8.al2 and java17.al2023 are runtimes beside java8 and java17. */
  private static boolean isAmazonLinux(String text) {
    return text.startsWith("al") && isNumber(text.substring(2));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
  }
}
