package dev.frostline.agent;

import java.util.HashMap;
import java.util.Map;

/**
 * Looks every 5 ms which initialisers stand on the main thread's stack: the same tree, less exact,
 * without changing a class, so that an archive of classes stays of use.
 */
final class Sampler implements Runnable {
  private static final int INTERVAL_MILLIS = 5;
  private static final String[] RUNTIMES_OWN = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

  private final Init init;
  private final Settings settings;
  private final Map<String, Integer> ids = new HashMap<>();
  private int[] open = new int[64];
  private int depth;

  Sampler(Init init, Settings settings) {
    this.init = init;
    this.settings = settings;
  }

  @Override
  public void run() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(INTERVAL_MILLIS);
        take(init.mainThread().getStackTrace(), System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // init is over
    } catch (Throwable e) {
      init.fail(e);
    }
  }

  private void take(StackTraceElement[] stack, long now) {
    int[] seen = new int[64];
    int count = 0;
    for (int i = stack.length - 1; i >= 0 && count < seen.length; i--) {
      int id = id(stack[i]);
      if (id != 0 && id != Recorder.NONE) {
        seen[count++] = id;
      }
    }
    int same = 0;
    while (same < count && same < depth && seen[same] == open[same]) {
      same++;
    }
    while (depth > same) {
      init.mainTrace().exit(open[--depth], now);
    }
    for (; depth < count; depth++) {
      init.mainTrace().enter(seen[depth], now);
    }
    open = seen;
  }

  private int id(StackTraceElement frame) {
    String type = frame.getClassName();
    String method = frame.getMethodName();
    boolean initializer = method.equals("<clinit>");
    boolean constructor = method.equals("<init>") && settings.handlers.contains(type);
    if ((!initializer && !constructor) || isRuntimes(type)) {
      return 0;
    }
    String name = initializer ? type : type + ".<init>";
    Integer id = ids.get(name);
    if (id == null) {
      id = initializer ? init.id(name) : init.lastingId(name);
      ids.put(name, id);
    }
    return id;
  }

  private static boolean isRuntimes(String type) {
    for (String prefix : RUNTIMES_OWN) {
      if (type.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
