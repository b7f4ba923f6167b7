package dev.frostline.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM begins, before the runtime client's main method. Whatever fails here leaves the
 * function as it would be without the agent.
 */
public final class Agent {
  private Agent() {}

  /** Called by the JVM for {@code -javaagent:agent.jar=ARGUMENT}. */
  public static void premain(@Nullable String argument, Instrumentation instrumentation) {
    long began = System.nanoTime();
    try {
      Settings settings = Settings.of(argument);
      if (!settings.mode.equals("off")) {
        start(settings, instrumentation, began);
      }
    } catch (Throwable e) {
      Recorder.close();
      System.err.println("FROSTLINE fault v=1 error=" + e.getClass().getSimpleName());
    }
  }

  private static void start(Settings settings, Instrumentation instrumentation, long began) {
    Init init = new Init(settings);
    Recorder.open(init);
    init.endsWith(new ExitHook(init));
    init.watch(instrumentation, new InitTransformer(init, settings));
    if (settings.mode.equals("sample")) {
      init.helpedBy(new Thread(new Sampler(init, settings), "frostline"));
    }
    if (settings.hasDeadline()) {
      init.helpedBy(new Thread(new Watchdog(init), "frostline"));
    }
    init.own(System.nanoTime() - began);
  }
}
