package dev.frostline.agent;

/** An init error ends in System.exit: what was recorded until then still goes to the log. */
final class ExitHook extends Thread {
  private final Init init;

  ExitHook(Init init) {
    this.init = init;
  }

  @Override
  public void run() {
    try {
      init.exits();
    } catch (Throwable e) {
      init.fail(e);
    }
  }
}
