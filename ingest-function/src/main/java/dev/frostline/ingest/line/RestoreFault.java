package dev.frostline.ingest.line;

import dev.frostline.timing.TimingLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a restore, which its report says beside its duration: {@code RESTORE_REPORT
 * Restore Duration: 1236.04 ms Status: error Error Type: Runtime.ExitError}.
 */
final class RestoreFault {
  private RestoreFault() {}

  /** Adds the fault where the report names its type. */
  static void add(
      TimingLine.RestoreReport report, @Nullable String errorType, List<TimingLine> into) {
    String status = report.status();
    if (errorType != null && status != null && !status.equals("success")) {
      into.add(new TimingLine.Fault(status, errorType));
    }
  }
}
