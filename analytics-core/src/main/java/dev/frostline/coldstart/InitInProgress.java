package dev.frostline.coldstart;

import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One init while its lines come. {@link StreamAssembly} decides which line belongs to which init;
 * here a line moves the init from stage to stage, or is one that no platform would print there.
 */
final class InitInProgress {
  private final InitLines lines;
  private final ImportForest imports = new ImportForest();
  private final List<TimingLine.CaptureUsage> usage = new ArrayList<>();
  private InitStage stage = InitStage.LOADING;
  private int rowsOfWarmRequests;
  private int suspectLines;

  InitInProgress(long startedAtMillis, InitCause cause) {
    this.lines = new InitLines(startedAtMillis, cause);
  }

  InitLines lines() {
    return lines;
  }

  InitStage stage() {
    return stage;
  }

  void initStarts(TimingLine.InitStart line) {
    lines.add(line);
  }

  void initReported(TimingLine.InitReport line) {
    lines.add(line);
    lines.failed(line.status(), line.errorType());
  }

  void restoreStarts(TimingLine.RestoreStart line) {
    lines.add(line);
  }

  void restoreReported(TimingLine.RestoreReport line) {
    lines.add(line);
    lines.failed(line.status(), null);
  }

  void captureBegins(TimingLine.CaptureBegin line) {
    lines.add(line);
  }

  void captureEnds(TimingLine.CaptureEnd line) {
    lines.add(line);
    if (stage.isBeforeRequest()) {
      stage = stageAfterEnd();
    }
  }

  private InitStage stageAfterEnd() {
    return switch (lines.endValue("why")) {
      case "next" -> InitStage.READY;
      case "restore" -> InitStage.FROZEN;
      default -> stage;
    };
  }

  void used(TimingLine.CaptureUsage line) {
    usage.add(line);
  }

  /** A row is of init up to the first request for an event, which the layer sees before START. */
  void imported(TimingLine.ImportTime line) {
    if (stage == InitStage.SERVED) {
      rowsOfWarmRequests++;
    } else {
      imports.add(line, isLoading());
    }
  }

  void traceBegins() {
    if (stage != InitStage.SERVED) {
      imports.openTree(isLoading());
    }
  }

  private boolean isLoading() {
    return stage == InitStage.LOADING || stage == InitStage.FROZEN;
  }

  void requestStarts(long atMillis, TimingLine.Start line) {
    if (stage.isBeforeRequest()) {
      lines.add(atMillis, line);
      stage = InitStage.REQUESTED;
    } else if (!lines.hasStart()) {
      lines.startedAfterReport();
    }
  }

  void requestReported(long atMillis, TimingLine.Report line) {
    lines.add(atMillis, line);
    stage = InitStage.SERVED;
  }

  /** The runtime came up or did not, or the environment broke: only during init it is init's. */
  void failed(@Nullable String status, @Nullable String errorType) {
    if (stage.isBeforeRequest()) {
      lines.failed(status, errorType);
    }
  }

  /** Its memory was kept as a snapshot, and an environment made of that. */
  void restoredLater() {
    lines.restoredLater();
  }

  /** Counts a line that the platform cannot have printed where it stands. */
  void suspect() {
    suspectLines++;
  }

  /**
   * A failed init whose INIT_REPORT was seen is over: what follows is the platform's second
   * attempt.
   */
  boolean isOver() {
    return lines.isFailed()
        && lines.initReport() != null
        && lines.cause() == InitCause.FIRST
        && stage.isBeforeRequest();
  }

  /** An INIT_START has come, and neither a failure nor a REPORT that would allow another one. */
  boolean isBusy() {
    return lines.initStart() != null && !lines.isFailed() && stage != InitStage.SERVED;
  }

  /** One environment of a managed instance has several worker processes. */
  boolean servesSeveralAtOnce() {
    TimingLine.InitStart started = lines.initStart();
    return started != null && "lambda-managed-instances".equals(started.initializationType());
  }

  /** For each line of the trace in its order the row it became; null for one that is not kept. */
  List<@Nullable ImportTiming> rowsOfLines() {
    List<@Nullable ImportTiming> rows = new ArrayList<>(imports.rowsOfLines());
    rows.addAll(Collections.nCopies(rowsOfWarmRequests, null));
    return rows;
  }

  /**
   * The cold start, as far as its lines tell of it.
   *
   * @param before the init before it on the same environment, which tells what a second one's lines
   *     leave out
   */
  ColdStart finish(StreamId stream, int ordinal, @Nullable ColdStart before) {
    List<ImportTiming> rows = imports.rows();
    InitOutcome outcome = InitOutcome.of(lines);
    boolean sameEnvironment =
        outcome.kind() == InitKind.RE_INIT || outcome.kind() == InitKind.RESTORE;
    InitNames names = InitNames.of(stream, lines, rows, sameEnvironment ? before : null);
    Accounting accounting = Accounting.of(rows);
    return new ColdStart(
        stream,
        ordinal,
        names.function(),
        names.version(),
        names.deployment(),
        lines.startedAtMillis(),
        names.runtime(),
        names.runtimeVersion(),
        names.runtimeVersionArn(),
        names.architecture(),
        outcome.memoryMb(),
        lines.beginValue("layers"),
        outcome.kind(),
        outcome.status(),
        lines.errorType(),
        suspectLines + (outcome.fits() ? 0 : 1),
        imports.isInitCut() ? "capped" : outcome.completeness(),
        outcome.initMicros(),
        outcome.restoreMicros(),
        lines.report() == null ? null : lines.report().durationMicros(),
        lines.report() == null ? null : lines.report().billedMicros(),
        rows.isEmpty() ? null : Long.valueOf(accounting.bootstrapMicros()),
        rows.isEmpty() ? null : Long.valueOf(accounting.importsMicros()),
        lines.hostState(),
        imports.dropped(),
        ModuleUsage.of(usage),
        rows);
  }
}
