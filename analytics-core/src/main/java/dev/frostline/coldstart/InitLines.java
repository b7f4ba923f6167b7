package dev.frostline.coldstart;

import dev.frostline.timing.TimingLine;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines that one init gave, of each kind the one that counts; null where there was none. */
final class InitLines {
  /** What a runtime reports when it could not load the handler: its init ended early. */
  private static final Set<String> INIT_ERRORS =
      Set.of(
          "Runtime.ImportModuleError",
          "Runtime.HandlerNotFound",
          "Runtime.MalformedHandlerName",
          "Runtime.UserCodeSyntaxError",
          "Runtime.InvalidEntrypoint");

  private static final HostState NOTHING_OF_THE_HOST =
      new HostState(null, null, null, null, null, null, null, null);

  private final long startedAtMillis;
  private final InitCause cause;
  private TimingLine.@Nullable InitStart initStart;
  private TimingLine.@Nullable RestoreStart restoreStart;
  private TimingLine.@Nullable RestoreReport restoreReport;
  private TimingLine.@Nullable InitReport initReport;
  private TimingLine.@Nullable CaptureBegin begin;
  private TimingLine.@Nullable CaptureEnd end;
  private TimingLine.@Nullable Start start;
  private TimingLine.@Nullable Start startElsewhere;
  private TimingLine.@Nullable Report report;
  private long startAtMillis;
  private long reportAtMillis;
  private boolean startedAfterReport;
  private boolean restoredLater;
  private @Nullable String failure;
  private @Nullable String errorType;

  InitLines(long startedAtMillis, InitCause cause) {
    this.startedAtMillis = startedAtMillis;
    this.cause = cause;
  }

  void add(TimingLine.InitStart line) {
    initStart = line;
  }

  void add(TimingLine.InitReport line) {
    initReport = line;
  }

  void add(TimingLine.RestoreStart line) {
    restoreStart = line;
  }

  void add(TimingLine.RestoreReport line) {
    restoreReport = line;
  }

  void add(TimingLine.CaptureBegin line) {
    begin = line;
  }

  /** The first end line speaks, but for one that a watchdog wrote before init was over. */
  void add(TimingLine.CaptureEnd line) {
    if (end == null || endValue("why").equals("deadline")) {
      end = line;
    }
  }

  void add(long atMillis, TimingLine.Start line) {
    start = line;
    startAtMillis = atMillis;
  }

  void add(long atMillis, TimingLine.Report line) {
    report = line;
    reportAtMillis = atMillis;
    if (line.errorType() != null && INIT_ERRORS.contains(line.errorType())) {
      failed(line.status(), line.errorType());
    }
  }

  void failed(@Nullable String status, @Nullable String type) {
    if (status != null && !status.equals("success")) {
      failure = status;
      errorType = type != null ? type : errorType;
    }
  }

  /** The request that it ran for began before it was known of, or behind the init after it. */
  void ranFor(TimingLine.Start line) {
    startElsewhere = line;
  }

  void startedAfterReport() {
    startedAfterReport = true;
  }

  void restoredLater() {
    restoredLater = true;
  }

  long startedAtMillis() {
    return startedAtMillis;
  }

  InitCause cause() {
    return cause;
  }

  TimingLine.@Nullable InitStart initStart() {
    return initStart;
  }

  TimingLine.@Nullable RestoreStart restoreStart() {
    return restoreStart;
  }

  TimingLine.@Nullable RestoreReport restoreReport() {
    return restoreReport;
  }

  TimingLine.@Nullable InitReport initReport() {
    return initReport;
  }

  TimingLine.@Nullable CaptureBegin begin() {
    return begin;
  }

  TimingLine.@Nullable Start start() {
    return start;
  }

  TimingLine.@Nullable Report report() {
    return report;
  }

  /** The version that the request calls which it ran for. */
  @Nullable String versionOfRequest() {
    TimingLine.Start request = start != null ? start : startElsewhere;
    return request == null ? null : request.version();
  }

  boolean hasStart() {
    return start != null;
  }

  boolean hasEnd() {
    return end != null;
  }

  /** When the first request began, Unix ms; 0 where no line tells. */
  long firstRequestAtMillis() {
    return start != null ? startAtMillis : reportAtMillis;
  }

  /** The report came before any START, and a START came then. */
  boolean isStartedAfterReport() {
    return startedAfterReport;
  }

  boolean isRestoredLater() {
    return restoredLater;
  }

  @Nullable String failure() {
    return failure;
  }

  @Nullable String errorType() {
    return errorType;
  }

  boolean isFailed() {
    return failure != null;
  }

  boolean isRestore() {
    return restoreStart != null || restoreReport != null || endValue("since").equals("restore");
  }

  boolean hasPlatformLine() {
    return hasPlatformLineBeforeRequest() || start != null || report != null;
  }

  boolean hasPlatformLineBeforeRequest() {
    return initStart != null || initReport != null || restoreStart != null || restoreReport != null;
  }

  /** What the capture's begin line says under that key; null where it says nothing. */
  @Nullable String beginValue(String key) {
    String value = begin == null ? null : begin.values().get(key);
    return value == null || value.isEmpty() ? null : value;
  }

  @Nullable Long beginNumber(String key) {
    return number(beginValue(key));
  }

  /** What the capture's end line says under that key; empty where it says nothing. */
  String endValue(String key) {
    return end == null ? "" : Objects.requireNonNullElse(end.values().get(key), "");
  }

  @Nullable Long endNumber(String key) {
    return number(endValue(key));
  }

  @Nullable HostState hostState() {
    HostState host =
        new HostState(
            endNumber("majflt"),
            endNumber("inblock"),
            endNumber("nvcsw"),
            endNumber("nivcsw"),
            endNumber("utime_us"),
            endNumber("stime_us"),
            endNumber("gc_us"),
            endNumber("gc_n"));
    return host.equals(NOTHING_OF_THE_HOST) ? null : host;
  }

  private static @Nullable Long number(@Nullable String value) {
    if (value == null
        || value.isEmpty()
        || value.length() > 15
        || !value.chars().allMatch(Character::isDigit)) {
      return null;
    }
    return Long.valueOf(value);
  }
}
