package dev.frostline.agent;

import org.jspecify.annotations.Nullable;

/**
 * What patched classes call: the only public door of the agent, static because a patch can carry
 * nothing but a number. Nothing here may throw into the function.
 */
public final class Recorder {
  static final String INTERNAL_NAME = "dev/frostline/agent/Recorder";

  /** Ids of the runtime client's own methods; every other id is an initialiser's. */
  static final int NEXT = 0;

  static final int RESTORE = 1;

  /** Records nothing. */
  static final int NONE = -1;

  private static volatile @Nullable Init init;

  private Recorder() {}

  static void open(Init running) {
    init = running;
  }

  /** An initialiser begins, or the runtime client asks for an event. */
  public static void enter(int id) {
    Init running = init;
    if (running == null || id == NONE) {
      return;
    }
    try {
      if (id == NEXT) {
        running.asksForEvent();
      } else if (id == RESTORE) {
        running.asksToBeFrozen();
      } else {
        running.enter(id);
      }
    } catch (Throwable e) {
      running.fail(e);
    }
  }

  /** An initialiser ends or throws, or the function is back from its snapshot. */
  public static void exit(int id) {
    Init running = init;
    if (running == null || id == NONE) {
      return;
    }
    try {
      if (id == RESTORE) {
        running.restored();
      } else if (id != NEXT) {
        running.exit(id);
      }
    } catch (Throwable e) {
      running.fail(e);
    }
  }

  /** The number to record a name under. */
  static int id(String name) {
    Init running = init;
    return running == null ? NONE : running.id(name);
  }

  /** Nothing is recorded any more. */
  static void close() {
    init = null;
  }
}
