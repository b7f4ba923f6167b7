package dev.frostline.wrap;

import dev.frostline.account.LambdaFunction;
import java.util.regex.Pattern;

/** Which runtimes the layer has something for. */
public final class Runtimes {
  private static final Pattern TIMED =
      Pattern.compile(
          "python3\\.(8|9|\\d\\d)|nodejs(18|[2-9]\\d)\\.x|java(11|17|[2-9]\\d)|java8\\.al2|dotnet.*");

  private Runtimes() {}

  /** Why the layer cannot time a function, or "". */
  public static String obstacle(LambdaFunction function) {
    if (function.image()) {
      return "a container image takes no layers: copy the layer's files into it";
    }
    if (function.runtime().startsWith("provided")) {
      return "OS-only runtime " + function.runtime() + ": no wrapper is started there";
    }
    return TIMED.matcher(function.runtime()).matches()
        ? ""
        : "the layer has nothing for " + function.runtime();
  }
}
