package dev.frostline.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Starts whatever the mode asks for. */
final class Capture {
  private Capture() {}

  static void start(@Nullable String argument, Instrumentation instrumentation, long began) {
    Settings settings = Settings.of(argument);
    if (settings.mode.equals("off")) {
      return;
    }
    try {
      start(settings, instrumentation, began);
    } catch (Throwable e) {
      Recorder.close();
      throw e;
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
