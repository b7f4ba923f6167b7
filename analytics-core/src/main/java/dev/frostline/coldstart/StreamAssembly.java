package dev.frostline.coldstart;

import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns all timing lines of one log stream into its cold starts. The lines are put in order first,
 * so the same events in any split, order or repetition give the same rows. A stream normally holds
 * one init; a failed init that is run again inside the first request, a restart after a crash and a
 * SnapStart restore make it several.
 */
public final class StreamAssembly {
  private final StreamId stream;
  private final List<InitInProgress> closed = new ArrayList<>();
  private final List<@Nullable ImportTiming> rowsOfLines = new ArrayList<>();
  private final OpenRequests requests = new OpenRequests();
  private final List<WarmRun> unfit = new ArrayList<>();
  private @Nullable InitInProgress current;
  private TimingLine.@Nullable Start latest;
  private int invocations;

  private StreamAssembly(StreamId stream) {
    this.stream = stream;
  }

  /**
   * What a stream came to.
   *
   * @param invocations how many requests it served
   * @param rowsOfLines for each import line in its order the row it became; null for one that is
   *     not kept
   * @param warm lines that may be told as runs from here on, in their order
   * @param unfit runs that do not stand behind what they stood behind: without their lines the rest
   *     of this means nothing
   */
  public record Assembled(
      List<ColdStart> coldStarts,
      int invocations,
      List<@Nullable ImportTiming> rowsOfLines,
      List<Warm> warm,
      List<WarmRun> unfit) {}

  /**
   * Lines that may be told as a run.
   *
   * @param from the first one, counted in their order
   * @param to the one behind the last
   */
  public record Warm(int from, int to, WarmRun run) {}

  /** Assembles a stream from all of its lines, each given once, in any order. */
  public static Assembled assemble(StreamId stream, List<TimedLine> lines) {
    return assemble(stream, lines, List.of(), WarmRun.Sizes.DEFAULT);
  }

  /**
   * The same, where some of the lines are told as runs.
   *
   * @param runs in their order
   */
  public static Assembled assemble(
      StreamId stream, List<TimedLine> lines, List<WarmRun> runs, WarmRun.Sizes sizes) {
    List<TimedLine> ordered = new ArrayList<>(lines);
    Collections.sort(ordered);
    StreamAssembly assembly = new StreamAssembly(stream);
    WarmLines warm = new WarmLines(ordered, sizes);
    Iterator<WarmRun> left = runs.iterator();
    WarmRun next = left.hasNext() ? left.next() : null;
    for (int i = 0; i < ordered.size(); i++) {
      TimedLine line = ordered.get(i);
      for (; next != null && next.firstMillis() <= line.atMillis(); next = nextOf(left)) {
        assembly.lookBetween(i, warm);
        warm.interrupted();
        assembly.take(next);
      }
      assembly.look(i, line.line(), warm);
      assembly.take(line.atMillis(), line.line());
    }
    assembly.lookBetween(ordered.size(), warm);
    if (next == null) {
      warm.end();
    } else {
      warm.interrupted();
    }
    for (; next != null; next = nextOf(left)) {
      assembly.take(next);
    }
    assembly.close();
    return new Assembled(
        assembly.coldStarts(),
        assembly.invocations,
        assembly.rowsOfLines,
        warm.found(),
        assembly.unfit);
  }

  private static @Nullable WarmRun nextOf(Iterator<WarmRun> runs) {
    return runs.hasNext() ? runs.next() : null;
  }

  private void look(int number, TimingLine line, WarmLines warm) {
    lookBetween(number, warm);
    if (!isWarm(line)) {
      warm.interrupted();
    }
  }

  private void lookBetween(int number, WarmLines warm) {
    if (!requests.isServing()) {
      warm.quietBefore(number, state(), invocations);
    }
  }

  /**
   * Whether a line changes nothing here but which requests are open and how many were served. What
   * it says holds for as long as {@link #state} says the same.
   */
  private boolean isWarm(TimingLine line) {
    InitInProgress init = current;
    if (init != null && init.stage() != InitStage.SERVED) {
      return false;
    }
    if (line instanceof TimingLine.Start) {
      return init == null || hasSeenStart(init);
    }
    if (line instanceof TimingLine.Report report) {
      boolean cold = report.initMicros() != null || report.restoreMicros() != null;
      return !cold && (init == null || !isRepeated(init, report));
    }
    boolean ofTrace =
        line instanceof TimingLine.ImportTime || line instanceof TimingLine.TraceHeader;
    return line instanceof TimingLine.Fault || (ofTrace && init != null);
  }

  private boolean isRepeated(InitInProgress init, TimingLine.Report report) {
    TimingLine.Report first = init.lines().report();
    return first == null
        || (first.requestId().equals(report.requestId()) && !requests.isOpen(report.requestId()));
  }

  private static boolean hasSeenStart(InitInProgress init) {
    return init.lines().hasStart() || init.lines().isStartedAfterReport();
  }

  /** All that warm lines depend on, while no request is open. */
  private String state() {
    InitInProgress init = current;
    if (init == null) {
      return "";
    }
    TimingLine.Report first = init.lines().report();
    if (first == null || init.stage() != InitStage.SERVED) {
      return "cold";
    }
    return (hasSeenStart(init) ? "START " : "- ")
        + (init.servesSeveralAtOnce() ? "several " : "one ")
        + first.requestId();
  }

  private void take(WarmRun run) {
    if (requests.isServing() || !state().equals(run.behind())) {
      unfit.add(run);
    } else {
      invocations += run.invocations();
    }
  }

  private void take(long at, TimingLine line) {
    if (line instanceof TimingLine.ImportTime imported) {
      initOfTrace(at).imported(imported);
    } else if (line instanceof TimingLine.TraceHeader) {
      initOfTrace(at).traceBegins();
    } else if (line instanceof TimingLine.CaptureBegin begin) {
      captureBegins(at, begin);
    } else if (line instanceof TimingLine.CaptureEnd end) {
      captureEnds(at, end);
    } else if (line instanceof TimingLine.CaptureUsage usage) {
      if (current != null) {
        current.used(usage);
      }
    } else if (line instanceof TimingLine.InitStart start) {
      initStarts(at, start);
    } else if (line instanceof TimingLine.InitRuntimeDone done) {
      initRuntimeDone(at, done);
    } else if (line instanceof TimingLine.InitReport report) {
      initReported(at, report);
    } else if (line instanceof TimingLine.RestoreStart start) {
      restoreStarts(at, start);
    } else if (line instanceof TimingLine.RestoreReport report) {
      restoreReported(at, report);
    } else if (line instanceof TimingLine.Start start) {
      requestStarts(at, start);
    } else if (line instanceof TimingLine.Report report) {
      requestReported(at, report);
    } else if (line instanceof TimingLine.Fault fault) {
      failed(fault);
    }
  }

  /** An INIT_START while init runs or a request is served is not the platform's. */
  private void initStarts(long at, TimingLine.InitStart line) {
    InitInProgress init = current;
    boolean again = "invoke".equals(line.phase());
    if (!again && ((init != null && init.isBusy()) || requests.isServing())) {
      suspect();
      return;
    }
    boolean served = init != null && init.stage() == InitStage.SERVED;
    InitCause behind = served ? InitCause.BEHIND_REPORT : InitCause.FIRST;
    open(at, again ? InitCause.AGAIN : behind).initStarts(line);
  }

  private void initRuntimeDone(long at, TimingLine.InitRuntimeDone line) {
    if (!requests.isServing()) {
      initOfTrace(at).failed(line.status(), line.errorType());
    }
  }

  private void initReported(long at, TimingLine.InitReport line) {
    boolean again = "invoke".equals(line.phase());
    InitInProgress init = current;
    boolean fits =
        init != null
            && init.lines().initReport() == null
            && init.stage() != InitStage.SERVED
            && !(again && init.lines().isFailed());
    if (!fits && !again && requests.isServing()) {
      suspect();
      return;
    }
    if (init == null || !fits) {
      init = open(at, again ? InitCause.AGAIN : InitCause.FIRST);
    }
    init.initReported(line);
  }

  private void restoreStarts(long at, TimingLine.RestoreStart line) {
    if (requests.isServing()) {
      suspect();
      return;
    }
    InitInProgress init = current;
    if (init != null && init.stage().isBeforeRequest() && !init.lines().isRestore()) {
      init.restoredLater();
    }
    open(at, InitCause.FIRST).restoreStarts(line);
  }

  private void restoreReported(long at, TimingLine.RestoreReport line) {
    if (requests.isServing()) {
      suspect();
      return;
    }
    InitInProgress init = current;
    if (init == null || !init.lines().isRestore() || init.stage() == InitStage.SERVED) {
      init = open(at, InitCause.FIRST);
    }
    init.restoreReported(line);
  }

  private void captureBegins(long at, TimingLine.CaptureBegin line) {
    InitInProgress init = current;
    boolean sameInit =
        init != null
            && init.lines().begin() == null
            && init.stage().isBeforeRequest()
            && !init.isOver();
    if (init == null || !sameInit) {
      init = open(at, init != null ? InitCause.AGAIN : InitCause.FIRST);
    }
    init.captureBegins(line);
  }

  private void captureEnds(long at, TimingLine.CaptureEnd line) {
    InitInProgress init = initOfTrace(at);
    if (init.stage() == InitStage.FROZEN
        && !init.lines().isRestore()
        && "restore".equals(line.values().get("since"))) {
      init.restoredLater();
      init = open(at, InitCause.FIRST);
    }
    init.captureEnds(line);
  }

  private void requestStarts(long at, TimingLine.Start line) {
    InitInProgress init = current;
    requests.start(line.requestId(), init != null && init.servesSeveralAtOnce());
    latest = line;
    if (init != null) {
      init.requestStarts(at, line);
      tellFailedBefore(init, line);
    }
  }

  /** Failed inits before the one that serves a request have its version. */
  private void tellFailedBefore(InitInProgress init, TimingLine.Start line) {
    InitCause cause = init.lines().cause();
    for (int i = closed.size() - 1; i >= 0 && cause == InitCause.AGAIN; i--) {
      InitLines before = closed.get(i).lines();
      if (before.hasStart()) {
        return;
      }
      before.ranFor(line);
      cause = before.cause();
    }
  }

  private void requestReported(long at, TimingLine.Report line) {
    invocations++;
    boolean started = requests.end(line.requestId());
    InitInProgress init = current;
    boolean cold = line.initMicros() != null || line.restoreMicros() != null;
    if (init == null) {
      if (cold) {
        openAtReport(at, line);
      }
      return;
    }
    TimingLine.Report first = init.lines().report();
    if (first == null) {
      firstReport(at, line, init, cold);
    } else if (!started && first.requestId().equals(line.requestId())) {
      reportedTwice(init, first, line);
    } else if (cold) {
      anotherColdReport(at, line, init);
    }
  }

  private static void firstReport(
      long at, TimingLine.Report line, InitInProgress init, boolean cold) {
    TimingLine.Start start = init.lines().start();
    if (start == null || start.requestId().equals(line.requestId())) {
      init.requestReported(at, line);
    } else if (cold) {
      init.suspect();
    }
  }

  /**
   * A request that is tried again on the same environment has the same id, and a START of its own;
   * without one, a second REPORT repeats the first or contradicts it.
   */
  private void reportedTwice(InitInProgress init, TimingLine.Report first, TimingLine.Report line) {
    invocations--;
    if (!first.equals(line)) {
      init.suspect();
    }
  }

  private void anotherColdReport(long at, TimingLine.Report line, InitInProgress init) {
    if (init.lines().hasPlatformLineBeforeRequest()) {
      init.suspect();
      return;
    }
    if (init.lines().isStartedAfterReport()) {
      init.suspect();
    }
    openAtReport(at, line);
  }

  /** Of a container image nothing but the requests is told: the first one's REPORT has the init. */
  private void openAtReport(long at, TimingLine.Report line) {
    InitInProgress init = open(at, InitCause.FIRST);
    init.requestReported(at, line);
    TimingLine.Start start = latest;
    if (start != null && start.requestId().equals(line.requestId())) {
      init.lines().ranFor(start);
    }
  }

  private void failed(TimingLine.Fault fault) {
    if (current != null) {
      current.failed(fault.status(), fault.errorType());
    }
  }

  /** Counts a line that the platform cannot have printed where it stands. */
  private void suspect() {
    if (current != null) {
      current.suspect();
    }
  }

  /**
   * The init that a line of the trace belongs to: the running one, or the one that follows a failed
   * one.
   */
  private InitInProgress initOfTrace(long at) {
    InitInProgress init = current;
    if (init == null) {
      return open(at, InitCause.FIRST);
    }
    return init.isOver() ? open(at, InitCause.AGAIN) : init;
  }

  private InitInProgress open(long at, InitCause cause) {
    close();
    InitInProgress opened = new InitInProgress(at, cause);
    current = opened;
    return opened;
  }

  private void close() {
    if (current != null) {
      rowsOfLines.addAll(current.rowsOfLines());
      closed.add(current);
      current = null;
    }
  }

  private List<ColdStart> coldStarts() {
    List<ColdStart> coldStarts = new ArrayList<>(closed.size());
    ColdStart before = null;
    for (InitInProgress init : closed) {
      before = init.finish(stream, coldStarts.size(), before);
      coldStarts.add(before);
    }
    return coldStarts;
  }
}
