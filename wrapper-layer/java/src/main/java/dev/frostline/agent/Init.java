package dev.frostline.agent;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The init of this function, from the start of the JVM until the runtime client asks for the first
 * event, or asks to be frozen for SnapStart, or the JVM ends before.
 */
final class Init {
  private static final int MOST_IDS = Short.MAX_VALUE; // sipush carries no more

  private final Settings settings;
  private final Thread mainThread = Thread.currentThread();
  private final ThreadTrace main;
  private final List<ThreadTrace> traces = new ArrayList<>();

  @SuppressWarnings("ThreadLocalUsage") // there is one init in a JVM
  private final ThreadLocal<@Nullable ThreadTrace> others = new ThreadLocal<>();

  private String[] names = new String[256];
  private int nameCount = Recorder.RESTORE + 1;
  private @Nullable Thread exitHook;
  private boolean begun;
  private volatile boolean over;
  private boolean frozen;
  private long restoredNanos;
  private @Nullable HostState frozenHost;
  private @Nullable Instrumentation instrumentation;
  private @Nullable ClassFileTransformer transformer;
  private final List<Thread> helpers = new ArrayList<>();

  Init(Settings settings) {
    this.settings = settings;
    begun = settings.wrapped;
    names[ThreadTrace.PAUSE] = "(garbage collection)";
    main = new ThreadTrace(settings.thresholdNanos, Pauses.ofThisJvm());
    traces.add(main);
  }

  void watch(Instrumentation with, ClassFileTransformer by) {
    instrumentation = with;
    transformer = by;
    with.addTransformer(by);
  }

  /** What the JVM runs should it end before init does. */
  void endsWith(Thread hook) {
    exitHook = hook;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A thread of ours that init's end stops. */
  void helpedBy(Thread thread) {
    helpers.add(thread);
    thread.setDaemon(true);
    thread.start();
  }

  Thread mainThread() {
    return mainThread;
  }

  ThreadTrace mainTrace() {
    return main;
  }

  void enter(int id) {
    if (!over) {
      trace().enter(id, System.nanoTime());
    }
  }

  void exit(int id) {
    if (!over) {
      trace().exit(id, System.nanoTime());
    }
  }

  void own(long nanos) {
    trace().own(nanos);
  }

  /** The number of a row that is printed however short it is. */
  int lastingId(String name) {
    int id = id(name);
    return id == Recorder.NONE ? id : ThreadTrace.lasting(id);
  }

  /** The number of a name in patched code, or NONE when no more fit. */
  int id(String name) {
    synchronized (traces) {
      if (nameCount > MOST_IDS) {
        return Recorder.NONE;
      }
      if (nameCount == names.length) {
        names = Arrays.copyOf(names, 2 * nameCount);
      }
      names[nameCount] = name;
      return nameCount++;
    }
  }

  String name(int id) {
    synchronized (traces) {
      return names[ThreadTrace.plain(id)];
    }
  }

  synchronized void asksForEvent() throws IOException {
    long now = System.nanoTime();
    if (frozen) {
      Recorder.close();
      EndLine end = new EndLine(settings, "next");
      end.afterRestore(now - restoredNanos, frozenHost);
      log("", end, true, now);
    } else {
      end("next", true, now);
      Recorder.close();
    }
  }

  /** Intervals across the snapshot mean nothing: what is recorded goes out before it. */
  synchronized void asksToBeFrozen() throws IOException {
    if (!over) {
      end("restore", true, System.nanoTime());
      frozenHost = HostState.now();
      frozen = true;
    }
  }

  synchronized void restored() {
    restoredNanos = System.nanoTime();
  }

  /** The JVM ends; the runtime's logger may be closed by now. */
  synchronized void exits() throws IOException {
    if (!over) {
      end("exit", false, System.nanoTime());
    }
    Recorder.close();
  }

  /** The platform will soon end an init that takes too long: what is known until now. */
  synchronized void deadline() throws IOException {
    if (!over) {
      report("deadline", false, System.nanoTime());
    }
  }

  /** Something of ours failed: the function goes on without us. */
  void fail(Throwable fault) {
    Recorder.close();
    over = true;
    try {
      stopWatching();
      LogEvent.fault(settings, fault);
    } catch (Throwable again) {
      Recorder.close(); // nothing can be said
    }
  }

  private void end(String why, boolean throughLogger, long now) throws IOException {
    over = true;
    stopWatching();
    report(why, throughLogger, now);
  }

  private void report(String why, boolean throughLogger, long now) throws IOException {
    RowText rows = new RowText(this);
    EndLine end = new EndLine(settings, why);
    List<ThreadTrace> threads = threads();
    rows.takeFrom(threads, now);
    end.rows(rows, threads.size());
    end.process(HostState.now());
    log(rows.text(), end, throughLogger, now);
  }

  private void log(String rows, EndLine end, boolean throughLogger, long began) throws IOException {
    String begin = begun ? "" : BeginLine.of(settings);
    begun = true;
    long own = System.nanoTime() - began;
    for (ThreadTrace trace : threads()) {
      own += trace.ownNanos();
    }
    LogEvent.write(settings, begin + rows + end.text(own), throughLogger);
  }

  void stopTransforming() {
    if (instrumentation != null && transformer != null) {
      instrumentation.removeTransformer(transformer);
    }
  }

  private void stopWatching() {
    stopTransforming();
    if (exitHook != null && Thread.currentThread() != exitHook) {
      try {
        Runtime.getRuntime().removeShutdownHook(exitHook);
      } catch (IllegalStateException e) {
        exitHook = null; // the JVM is ending and has run it
      }
    }
    for (Thread helper : helpers) {
      helper.interrupt();
    }
  }

  /** A copy: nothing that could load a class may happen under this lock. */
  private List<ThreadTrace> threads() {
    synchronized (traces) {
      return new ArrayList<>(traces);
    }
  }

  private ThreadTrace trace() {
    if (Thread.currentThread() == mainThread) {
      return main;
    }
    ThreadTrace trace = others.get();
    if (trace == null) {
      trace = new ThreadTrace(settings.thresholdNanos, null);
      others.set(trace);
      synchronized (traces) {
        traces.add(trace);
      }
    }
    return trace;
  }
}
