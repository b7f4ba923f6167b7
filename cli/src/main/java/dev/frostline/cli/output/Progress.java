package dev.frostline.cli.output;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on the terminal; nothing at all where there is none. */
public final class Progress implements AutoCloseable {
  private static final int MILLIS_BETWEEN = 250;
  private final @Nullable ProgressBar bar;

  @SuppressWarnings("SystemConsoleNull") // the frostline script asks newer Javas for null too
  public Progress(String what) {
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(what)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(MILLIS_BETWEEN)
                .clearDisplayOnFinish()
                .build()
            : null;
  }

  public void expect(long steps) {
    if (bar != null) {
      bar.maxHint(steps);
    }
  }

  public void done(long steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  /** Says what is done behind the last step. */
  public void say(String what) {
    if (bar != null) {
      bar.setExtraMessage(what);
      bar.refresh();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
