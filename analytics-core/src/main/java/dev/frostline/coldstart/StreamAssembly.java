package dev.frostline.coldstart;

import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.Collections;
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
  private final List<ColdStart> coldStarts = new ArrayList<>();
  private @Nullable InitInProgress current;
  private @Nullable String servedRequest;
  private int invocations;

  private StreamAssembly(StreamId stream) {
    this.stream = stream;
  }

  /** The cold starts of a stream, and how many requests it served. */
  public record Assembled(List<ColdStart> coldStarts, int invocations) {}

  /** Assembles a stream from all of its lines, each given once, in any order. */
  public static Assembled assemble(StreamId stream, List<TimedLine> lines) {
    List<TimedLine> ordered = new ArrayList<>(lines);
    Collections.sort(ordered);
    StreamAssembly assembly = new StreamAssembly(stream);
    for (TimedLine line : ordered) {
      assembly.take(line.atMillis(), line.line());
    }
    assembly.close();
    return new Assembled(assembly.coldStarts, assembly.invocations);
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
    boolean busy =
        init != null && init.initStart != null && !init.isFailed() && init.report == null;
    if (!again && (busy || servedRequest != null)) {
      suspect();
      return;
    }
    open(at, again).initStart = line;
  }

  private void initRuntimeDone(long at, TimingLine.InitRuntimeDone line) {
    if (servedRequest == null) {
      initOfTrace(at).failed(line.status(), line.errorType());
    }
  }

  private void initReported(long at, TimingLine.InitReport line) {
    boolean again = "invoke".equals(line.phase());
    InitInProgress init = current;
    boolean fits =
        init != null
            && init.initReport == null
            && init.report == null
            && !(again && init.isFailed());
    if (!fits && !again && servedRequest != null) {
      suspect();
      return;
    }
    if (init == null || !fits) {
      init = open(at, again);
    }
    init.initReport = line;
    init.failed(line.status(), line.errorType());
  }

  private void restoreStarts(long at, TimingLine.RestoreStart line) {
    if (servedRequest != null) {
      suspect();
      return;
    }
    InitInProgress init = current;
    if (init != null && init.duringInit() && !init.isRestore()) {
      init.restoredLater = true;
    }
    open(at, false).restoreStart = line;
  }

  private void restoreReported(long at, TimingLine.RestoreReport line) {
    if (servedRequest != null) {
      suspect();
      return;
    }
    InitInProgress init = current;
    if (init == null || !init.isRestore() || init.report != null) {
      init = open(at, false);
    }
    init.restoreReport = line;
    init.failed(line.status(), null);
  }

  private void captureBegins(long at, TimingLine.CaptureBegin line) {
    InitInProgress init = current;
    boolean sameInit = init != null && init.begin == null && init.duringInit() && !isOver(init);
    if (init == null || !sameInit) {
      init = open(at, init != null);
    }
    init.begin = line;
  }

  private void captureEnds(long at, TimingLine.CaptureEnd line) {
    InitInProgress init = initOfTrace(at);
    if (init.isFrozen() && !init.isRestore() && "restore".equals(line.values().get("since"))) {
      init.restoredLater = true;
      init = open(at, false);
    }
    init.traceEnds(line);
  }

  private void requestStarts(long at, TimingLine.Start line) {
    servedRequest = line.requestId();
    if (current != null) {
      current.started(at, line);
    }
  }

  private void requestReported(long at, TimingLine.Report line) {
    invocations++;
    if (line.requestId().equals(servedRequest)) {
      servedRequest = null;
    }
    InitInProgress init = current;
    boolean cold = line.initMicros() != null || line.restoreMicros() != null;
    if (init == null) {
      if (cold) {
        open(at, false).reported(at, line);
      }
      return;
    }
    TimingLine.Report first = init.report;
    if (first == null) {
      firstReport(at, line, init, cold);
    } else if (first.requestId().equals(line.requestId())) {
      invocations--;
      if (!first.equals(line)) {
        init.suspect();
      }
    } else if (cold && init.hasPlatformLineBeforeRequest()) {
      init.suspect();
    } else if (cold) {
      if (init.isStartedAfterReport()) {
        init.suspect();
      }
      open(at, false).reported(at, line);
    }
  }

  private static void firstReport(
      long at, TimingLine.Report line, InitInProgress init, boolean cold) {
    boolean ofThisRequest = init.start == null || init.start.requestId().equals(line.requestId());
    if (ofThisRequest) {
      init.reported(at, line);
    } else if (cold) {
      init.suspect();
    }
  }

  private void failed(TimingLine.Fault fault) {
    if (current != null && current.duringInit()) {
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
      return open(at, false);
    }
    return isOver(init) ? open(at, true) : init;
  }

  /**
   * A failed init whose INIT_REPORT was seen is over: what follows is the platform's second
   * attempt.
   */
  private static boolean isOver(InitInProgress init) {
    return init.isFailed() && init.initReport != null && !init.isReInit() && init.duringInit();
  }

  private InitInProgress open(long at, boolean reInit) {
    close();
    InitInProgress opened = new InitInProgress(at, reInit);
    current = opened;
    return opened;
  }

  private void close() {
    if (current != null) {
      coldStarts.add(current.finish(stream, coldStarts.size()));
      current = null;
    }
  }
}
