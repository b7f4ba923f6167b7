package dev.frostline.coldstart;

import dev.frostline.timing.ImportKind;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimingLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one init as they come; {@link StreamAssembly} decides which line belongs to which
 * init.
 */
final class InitInProgress {
  private static final long CLOCK_SLACK_MICROS = 1_000_000;
  private static final String LATEST = "$LATEST";

  /** What a runtime reports when it could not load the handler: its init ended early. */
  private static final Set<String> INIT_ERRORS =
      Set.of(
          "Runtime.ImportModuleError",
          "Runtime.HandlerNotFound",
          "Runtime.MalformedHandlerName",
          "Runtime.UserCodeSyntaxError",
          "Runtime.InvalidEntrypoint");

  private final long startedAtMillis;
  private final boolean reInit;
  private final ImportForest imports = new ImportForest();
  TimingLine.@Nullable InitStart initStart;
  TimingLine.@Nullable RestoreStart restoreStart;
  TimingLine.@Nullable RestoreReport restoreReport;
  TimingLine.@Nullable InitReport initReport;
  TimingLine.@Nullable CaptureBegin begin;
  TimingLine.@Nullable Start start;
  TimingLine.@Nullable Report report;
  boolean hasImports;
  boolean restoredLater;
  private TimingLine.@Nullable CaptureEnd end;
  private @Nullable String failure;
  private @Nullable String errorType;
  private long startAtMillis;
  private long reportAtMillis;
  private boolean startedAfterReport;
  private int suspectLines;

  InitInProgress(long startedAtMillis, boolean reInit) {
    this.startedAtMillis = startedAtMillis;
    this.reInit = reInit;
  }

  /** A row is of init up to the first request for an event, which the layer sees before START. */
  void imported(TimingLine.ImportTime line) {
    hasImports = true;
    imports.add(line, duringInit() && !"next".equals(end().get("why")));
  }

  void traceBegins() {
    hasImports = true;
    imports.openTree();
  }

  /** The first end line speaks, but for one that a watchdog wrote before init was over. */
  void traceEnds(TimingLine.CaptureEnd line) {
    if (end == null || "deadline".equals(end().get("why"))) {
      end = line;
    }
  }

  /** SnapStart froze this init: what follows is a restore of it. */
  boolean isFrozen() {
    return "restore".equals(end().get("why")) && duringInit();
  }

  void started(long atMillis, TimingLine.Start line) {
    if (start == null && report == null) {
      start = line;
      startAtMillis = atMillis;
    }
    startedAfterReport |= start == null;
  }

  void reported(long atMillis, TimingLine.Report line) {
    report = line;
    reportAtMillis = atMillis;
    if (line.errorType() != null && INIT_ERRORS.contains(line.errorType())) {
      failed(line.status(), line.errorType());
    }
  }

  /** The report came before any START, and a START came then. */
  boolean isStartedAfterReport() {
    return startedAfterReport;
  }

  void failed(@Nullable String status, @Nullable String type) {
    if (status != null && !status.equals("success")) {
      failure = status;
      errorType = type != null ? type : errorType;
    }
  }

  void suspect() {
    suspectLines++;
  }

  boolean isFailed() {
    return failure != null;
  }

  boolean isReInit() {
    return reInit;
  }

  boolean isRestore() {
    return restoreStart != null || restoreReport != null || "restore".equals(end().get("since"));
  }

  boolean duringInit() {
    return start == null && report == null;
  }

  boolean hasPlatformLine() {
    return hasPlatformLineBeforeRequest() || start != null || report != null;
  }

  boolean hasPlatformLineBeforeRequest() {
    return initStart != null || initReport != null || restoreStart != null || restoreReport != null;
  }

  ColdStart finish(StreamId stream, int ordinal) {
    InitKind kind = kind();
    Long init = initMicros();
    List<ImportTiming> rows = imports.rows();
    Accounting accounting = Accounting.of(rows);
    String runtimeVersion = initStart != null ? initStart.runtimeVersion() : restoredRuntime();
    return new ColdStart(
        stream,
        ordinal,
        function(stream),
        version(stream),
        deployment(version(stream)),
        startedAtMillis,
        runtime(runtimeVersion, rows),
        runtimeVersion,
        initStart != null ? initStart.runtimeVersionArn() : restoredArn(),
        captured("arch"),
        report != null && report.memoryMb() != null ? report.memoryMb() : number("mem", begin()),
        captured("layers"),
        kind,
        status(),
        errorType,
        suspectLines + (initFits(init, kind) ? 0 : 1),
        completeness(),
        init,
        restoreMicros(),
        report == null ? null : report.durationMicros(),
        report == null ? null : report.billedMicros(),
        rows.isEmpty() ? null : Long.valueOf(accounting.bootstrapMicros()),
        rows.isEmpty() ? null : Long.valueOf(accounting.importsMicros()),
        hostState(),
        imports.dropped(),
        rows);
  }

  private InitKind kind() {
    if (isRestore() || (report != null && report.restoreMicros() != null)) {
      return InitKind.RESTORE;
    }
    String type = initializationType();
    boolean unphased = initReport != null && initReport.phase() == null;
    if (restoredLater
        || "snap-start".equals(type)
        || (unphased && report == null && type == null)) {
      return isFailed() ? InitKind.FAILED : InitKind.SNAPSHOT;
    }
    if (reInit || (initReport != null && "invoke".equals(initReport.phase()))) {
      return InitKind.RE_INIT;
    }
    if (isFailed()) {
      return InitKind.FAILED;
    }
    if ("lambda-managed-instances".equals(type)) {
      return InitKind.MANAGED;
    }
    boolean madeAhead =
        type == null && initReport != null && report != null && report.initMicros() == null;
    return madeAhead || "provisioned-concurrency".equals(type)
        ? InitKind.PROVISIONED
        : InitKind.ON_DEMAND;
  }

  private @Nullable String initializationType() {
    if (initStart != null && initStart.initializationType() != null) {
      return initStart.initializationType();
    }
    if (initReport != null && initReport.initializationType() != null) {
      return initReport.initializationType();
    }
    return captured("init");
  }

  private @Nullable Long initMicros() {
    if (report != null && report.initMicros() != null) {
      return report.initMicros();
    }
    if (initReport != null) {
      return initReport.initMicros();
    }
    return hasPlatformLine() || isRestore() ? null : number("init_us", end());
  }

  private @Nullable Long restoreMicros() {
    if (report != null && report.restoreMicros() != null) {
      return report.restoreMicros();
    }
    return restoreReport == null ? null : restoreReport.restoreMicros();
  }

  /**
   * Init cannot have taken longer than the time between INIT_START and the first request: such a
   * line is forged.
   */
  private boolean initFits(@Nullable Long init, InitKind kind) {
    long initEndMillis = start != null ? startAtMillis : reportAtMillis;
    if (init == null || initStart == null || initEndMillis == 0 || kind != InitKind.ON_DEMAND) {
      return true;
    }
    return init <= (initEndMillis - startedAtMillis) * 1000 + CLOCK_SLACK_MICROS;
  }

  private String status() {
    if (failure != null) {
      return failure;
    }
    boolean over =
        start != null || report != null || isRestore() || initReport != null || end != null;
    return over || !hasPlatformLine() ? "success" : "unknown";
  }

  private String completeness() {
    if (imports.dropped() > 0) {
      return "capped";
    }
    if (!hasPlatformLine()) {
      return "trace only";
    }
    boolean opened = initStart != null || isRestore() || (reInit && initReport != null);
    boolean closed = report != null || initReport != null;
    return opened && closed ? "complete" : "cut";
  }

  private String function(StreamId stream) {
    String named = stream.function();
    if (named == null && initStart != null) {
      named = initStart.functionName();
    }
    return named == null ? stream.logGroup() : named;
  }

  private String version(StreamId stream) {
    String named = stream.version();
    if (named == null && initStart != null) {
      named = initStart.functionVersion();
    }
    if (named == null && start != null) {
      named = start.version();
    }
    return named == null ? LATEST : named;
  }

  private String deployment(String version) {
    if (!version.equals(LATEST)) {
      return version;
    }
    String named = captured("dep");
    if (named == null) {
      named = end().get("fp");
    }
    return named == null ? version : named;
  }

  private @Nullable String restoredRuntime() {
    return restoreStart == null ? null : restoreStart.runtimeVersion();
  }

  private @Nullable String restoredArn() {
    return restoreStart == null ? null : restoreStart.runtimeVersionArn();
  }

  private @Nullable String runtime(@Nullable String runtimeVersion, List<ImportTiming> rows) {
    String runtime = RuntimeVersion.runtime(runtimeVersion);
    if (runtime != null) {
      return runtime;
    }
    String environment = captured("env");
    if (environment != null && environment.startsWith("AWS_Lambda_")) {
      return environment.substring("AWS_Lambda_".length());
    }
    String language = captured("rt");
    return language != null || rows.isEmpty() ? language : language(rows.get(0).kind());
  }

  private static @Nullable String language(ImportKind kind) {
    return switch (kind) {
      case PYTHON_MODULE -> "python";
      case JAVA_CLASS -> "java";
      case NODE_MODULE -> "nodejs";
      case DOTNET_ASSEMBLY -> "dotnet";
      case RUBY_FILE -> "ruby";
      case PAUSE -> null;
    };
  }

  private @Nullable HostState hostState() {
    if (end == null) {
      return null;
    }
    Map<String, String> values = end();
    HostState host =
        new HostState(
            number("majflt", values),
            number("inblock", values),
            number("nvcsw", values),
            number("nivcsw", values),
            number("utime_us", values),
            number("stime_us", values),
            number("gc_us", values),
            number("gc_n", values));
    HostState nothing = new HostState(null, null, null, null, null, null, null, null);
    return Objects.equals(host, nothing) ? null : host;
  }

  private @Nullable String captured(String key) {
    String value = begin().get(key);
    return value == null || value.isEmpty() ? null : value;
  }

  private Map<String, String> begin() {
    return begin == null ? Map.of() : begin.values();
  }

  private Map<String, String> end() {
    return end == null ? Map.of() : end.values();
  }

  private static @Nullable Long number(String key, Map<String, String> values) {
    String value = values.get(key);
    if (value == null
        || value.isEmpty()
        || value.length() > 15
        || !value.chars().allMatch(Character::isDigit)) {
      return null;
    }
    return Long.valueOf(value);
  }
}
