package dev.frostline.coldstart;

import dev.frostline.timing.TimingLine;
import org.jspecify.annotations.Nullable;

/**
 * What came of an init: of which kind it was, how it ended, how long it took (microseconds) and
 * whether its lines fit together.
 */
record InitOutcome(
    InitKind kind,
    String status,
    String completeness,
    @Nullable Long initMicros,
    @Nullable Long restoreMicros,
    @Nullable Long memoryMb,
    boolean fits) {
  private static final long CLOCK_SLACK_MICROS = 1_000_000;

  /**
   * A request that waits is started some milliseconds after init. Two whole seconds are beyond what
   * collectors lose that print times by the second.
   */
  private static final long LONGEST_WAIT_AFTER_INIT_MICROS = 2_000_000;

  /** No request waits longer than a function may run, init included. */
  private static final long LONGEST_REQUEST_MICROS = 15 * 60 * 1_000_000L;

  static InitOutcome of(InitLines lines) {
    Long init = initMicros(lines);
    InitKind kind = kind(lines, init);
    TimingLine.Report report = lines.report();
    Long memory = report == null ? null : report.memoryMb();
    return new InitOutcome(
        kind,
        status(lines),
        completeness(lines),
        init,
        restoreMicros(lines),
        memory != null ? memory : lines.beginNumber("mem"),
        fits(lines, init, kind));
  }

  private static InitKind kind(InitLines lines, @Nullable Long init) {
    TimingLine.Report report = lines.report();
    if (lines.isRestore() || (report != null && report.restoreMicros() != null)) {
      return InitKind.RESTORE;
    }
    if (isSnapshot(lines)) {
      return lines.isFailed() ? InitKind.FAILED : InitKind.SNAPSHOT;
    }
    if (isReInit(lines)) {
      return InitKind.RE_INIT;
    }
    if (lines.isFailed()) {
      return InitKind.FAILED;
    }
    if ("lambda-managed-instances".equals(initializationType(lines))) {
      return InitKind.MANAGED;
    }
    return isMadeAhead(lines, init) ? InitKind.PROVISIONED : InitKind.ON_DEMAND;
  }

  private static boolean isSnapshot(InitLines lines) {
    String type = initializationType(lines);
    TimingLine.InitReport reported = lines.initReport();
    boolean unphased = reported != null && reported.phase() == null;
    return lines.isRestoredLater()
        || "snap-start".equals(type)
        || (unphased && lines.report() == null && type == null);
  }

  /**
   * What collectors merge into one stream are several environments: there INIT_START follows a
   * REPORT too, but the next REPORT carries an Init Duration, or an INIT_REPORT says that it is the
   * first phase, as of a re-init neither ever does.
   */
  private static boolean isReInit(InitLines lines) {
    TimingLine.InitReport reported = lines.initReport();
    if (reported != null && "invoke".equals(reported.phase())) {
      return true;
    }
    return switch (lines.cause()) {
      case FIRST -> false;
      case AGAIN -> true;
      case BEHIND_REPORT ->
          (reported == null || !"init".equals(reported.phase()))
              && (lines.report() == null || lines.report().initMicros() == null);
    };
  }

  /**
   * Nobody waited for it: said by its type; by an INIT_REPORT that the request does not repeat; or
   * by the time between init and the first request, whose REPORT carries the Init Duration all the
   * same.
   */
  private static boolean isMadeAhead(InitLines lines, @Nullable Long init) {
    String type = initializationType(lines);
    TimingLine.Report report = lines.report();
    boolean unrepeated =
        type == null && lines.initReport() != null && report != null && report.initMicros() == null;
    return unrepeated || "provisioned-concurrency".equals(type) || isIdleAfterInit(lines, init);
  }

  private static boolean isIdleAfterInit(InitLines lines, @Nullable Long init) {
    if (lines.initStart() == null || !lines.hasStart()) {
      return false;
    }
    long longest = init == null ? LONGEST_REQUEST_MICROS : init + LONGEST_WAIT_AFTER_INIT_MICROS;
    return microsToFirstRequest(lines) > longest;
  }

  private static long microsToFirstRequest(InitLines lines) {
    return (lines.firstRequestAtMillis() - lines.startedAtMillis()) * 1000;
  }

  private static @Nullable String initializationType(InitLines lines) {
    TimingLine.InitStart started = lines.initStart();
    if (started != null && started.initializationType() != null) {
      return started.initializationType();
    }
    TimingLine.InitReport reported = lines.initReport();
    if (reported != null && reported.initializationType() != null) {
      return reported.initializationType();
    }
    return lines.beginValue("init");
  }

  private static @Nullable Long initMicros(InitLines lines) {
    TimingLine.Report report = lines.report();
    if (report != null && report.initMicros() != null) {
      return report.initMicros();
    }
    TimingLine.InitReport reported = lines.initReport();
    if (reported != null) {
      return reported.initMicros();
    }
    return lines.hasPlatformLine() || lines.isRestore() ? null : lines.endNumber("init_us");
  }

  private static @Nullable Long restoreMicros(InitLines lines) {
    TimingLine.Report report = lines.report();
    if (report != null && report.restoreMicros() != null) {
      return report.restoreMicros();
    }
    TimingLine.RestoreReport restored = lines.restoreReport();
    return restored == null ? null : restored.restoreMicros();
  }

  /**
   * Init cannot have taken longer than the time between INIT_START and the first request: such a
   * line is forged.
   */
  private static boolean fits(InitLines lines, @Nullable Long init, InitKind kind) {
    if (init == null
        || lines.initStart() == null
        || lines.firstRequestAtMillis() == 0
        || kind != InitKind.ON_DEMAND) {
      return true;
    }
    return init <= microsToFirstRequest(lines) + CLOCK_SLACK_MICROS;
  }

  private static String status(InitLines lines) {
    String failure = lines.failure();
    if (failure != null) {
      return failure;
    }
    boolean over =
        lines.hasStart()
            || lines.report() != null
            || lines.isRestore()
            || lines.initReport() != null
            || lines.hasEnd();
    return over || !lines.hasPlatformLine() ? "success" : "unknown";
  }

  private static String completeness(InitLines lines) {
    if (!lines.hasPlatformLine()) {
      return "trace only";
    }
    boolean reported = lines.initReport() != null;
    boolean opened =
        lines.initStart() != null
            || lines.isRestore()
            || (lines.cause() != InitCause.FIRST && reported);
    return opened && (reported || lines.report() != null) ? "complete" : "cut";
  }
}
