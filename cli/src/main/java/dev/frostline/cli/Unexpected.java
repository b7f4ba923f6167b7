package dev.frostline.cli;

import dev.frostline.cli.output.Failure;
import java.io.PrintWriter;

/**
 * What nobody foresaw, in one line: what it was, where it came up and where to report it. Its
 * message is left out, since it may quote a log.
 */
final class Unexpected {
  private static final String ISSUES = "https://github.com/frostline-dev/frostline/issues";
  private static final String OURS = "dev.frostline.";
  private static final int DEEPEST_CAUSE = 20;

  private Unexpected() {}

  /** Says it and returns the exit code. */
  static int say(Throwable failure, PrintWriter err) {
    Throwable cause = failure;
    for (int i = 0; i < DEEPEST_CAUSE && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    err.println("frostline: " + sentence(cause));
    err.flush();
    return Failure.COULD_NOT;
  }

  private static String sentence(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return "this takes more than the "
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MB of memory that Java may use. Give it more: JAVA_TOOL_OPTIONS=-Xmx4g."
          + " If that is no help, please report it: "
          + ISSUES;
    }
    return "something unexpected happened, a fault of Frostline: "
        + cause.getClass().getSimpleName()
        + place(cause.getStackTrace())
        + ". Please report this line: "
        + ISSUES;
  }

  private static String place(StackTraceElement[] trace) {
    for (StackTraceElement frame : trace) {
      if (frame.getClassName().startsWith(OURS)) {
        return " at "
            + frame.getClassName()
            + '.'
            + frame.getMethodName()
            + ':'
            + frame.getLineNumber();
      }
    }
    return trace.length == 0 ? "" : " at " + trace[0].getClassName();
  }
}
