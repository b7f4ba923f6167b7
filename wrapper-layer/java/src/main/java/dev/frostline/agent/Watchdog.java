package dev.frostline.agent;

/**
 * Lambda ends an on-demand init after ten seconds without a word: shortly before, what is known
 * goes to the log.
 */
final class Watchdog implements Runnable {
  private static final long PATIENCE_MILLIS = 9_000;

  private final Init init;

  Watchdog(Init init) {
    this.init = init;
  }

  @Override
  public void run() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
      init.deadline();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // init is over
    } catch (Throwable e) {
      init.fail(e);
    }
  }
}
