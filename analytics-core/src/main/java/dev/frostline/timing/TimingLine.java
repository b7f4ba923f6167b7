package dev.frostline.timing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one log line says about a cold start. All durations are microseconds; what a line does not
 * say is null, which is not zero. Text and JSON form of a platform line give the same record.
 */
public sealed interface TimingLine {

  /**
   * {@code INIT_START Runtime Version: python:3.13.v43 Runtime Version ARN: arn:…} or {@code
   * platform.initStart}.
   */
  record InitStart(
      @Nullable String runtimeVersion,
      @Nullable String runtimeVersionArn,
      @Nullable String initializationType,
      @Nullable String phase,
      @Nullable String functionName,
      @Nullable String functionVersion)
      implements TimingLine {}

  /** {@code platform.initRuntimeDone}: whether the runtime came up. */
  record InitRuntimeDone(@Nullable String status, @Nullable String errorType)
      implements TimingLine {}

  /**
   * {@code INIT_REPORT Init Duration: 229.04 ms Phase: init Status: error Error Type:
   * Runtime.ImportModuleError} or {@code platform.initReport}. Without a phase it belongs to a
   * SnapStart snapshot.
   */
  record InitReport(
      long initMicros,
      @Nullable String phase,
      @Nullable String status,
      @Nullable String errorType,
      @Nullable String initializationType)
      implements TimingLine {}

  /** {@code START RequestId: b947edca-… Version: 56} or {@code platform.start}: init is over. */
  record Start(String requestId, @Nullable String version) implements TimingLine {}

  /**
   * {@code REPORT RequestId: … Duration: 3906.38 ms Billed Duration: 4000 ms … Init Duration:
   * 5960.19 ms} or {@code platform.report}. A present init or restore duration makes the request a
   * cold one.
   */
  record Report(
      String requestId,
      @Nullable Long durationMicros,
      @Nullable Long billedMicros,
      @Nullable Long memoryMb,
      @Nullable Long maxMemoryMb,
      @Nullable Long initMicros,
      @Nullable Long restoreMicros,
      @Nullable Long billedRestoreMicros,
      @Nullable String status,
      @Nullable String errorType)
      implements TimingLine {}

  /**
   * {@code RESTORE_START Runtime Version: java:21.mainline.v82 …} or {@code platform.restoreStart}.
   */
  record RestoreStart(@Nullable String runtimeVersion, @Nullable String runtimeVersionArn)
      implements TimingLine {}

  /** {@code RESTORE_REPORT Restore Duration: 511.25 ms} or {@code platform.restoreReport}. */
  record RestoreReport(@Nullable Long restoreMicros, @Nullable String status)
      implements TimingLine {}

  /**
   * {@code RequestId: 34359edf-… Status: error ErrorType: Runtime.InvalidEntrypoint}, {@code Task
   * timed out after 31.04 seconds} or {@code platform.fault}: the environment failed.
   */
  record Fault(String status, @Nullable String errorType) implements TimingLine {}

  /**
   * {@code import time: self [us] | cumulative | imported package}: a Python interpreter begins its
   * trace.
   */
  record TraceHeader() implements TimingLine {}

  /**
   * {@code import time: 378 | 946 | asyncio.futures}: one import, as it was printed. Self time is
   * negative when threads imported at once. {@code kids} is null for the interpreter's own rows; a
   * row of the launcher ({@code app via=import_module kids=4}) says how many rows of its own depth
   * before it are its children.
   */
  record ImportTime(
      ImportKind kind,
      int depth,
      long selfMicros,
      long cumulativeMicros,
      String name,
      boolean cached,
      @Nullable Integer kids)
      implements TimingLine {}

  /**
   * {@code FROSTLINE begin v=1 id=… rt=python …}: the layer started a runtime. Values as in the
   * layer's README.
   */
  record CaptureBegin(Map<String, String> values) implements TimingLine {}

  /**
   * {@code FROSTLINE end v=1 id=… why=next init_us=… …}: the runtime asked for its first request,
   * or ended.
   */
  record CaptureEnd(Map<String, String> values) implements TimingLine {}

  /**
   * {@code FROSTLINE usage v=1 id=… requests=10 part=1/1 ran=app;boto3.session;!_json}: which
   * loaded modules had run code since init; of those behind {@code !} nobody can see whether they
   * did. Values as in the layer's README.
   */
  record CaptureUsage(Map<String, String> values) implements TimingLine {}
}
