package dev.frostline.coldstart;

/** How an execution environment came to be ready; comparisons never mix two kinds. */
public enum InitKind {
  /** A request waited for it. */
  ON_DEMAND("on-demand"),
  /** Made ahead of requests, by provisioned concurrency or by Lambda's own foresight. */
  PROVISIONED("provisioned"),
  /** Restored from a SnapStart snapshot. */
  RESTORE("restore"),
  /** An environment of a managed instance, with several worker processes. */
  MANAGED("managed"),
  /**
   * Init run again on the same environment: inside the first request, because the first attempt
   * failed (INIT_REPORT Phase: invoke), or because a request crashed or timed out.
   */
  RE_INIT("re-init"),
  /** The init at publish time whose memory SnapStart keeps: no cold start. */
  SNAPSHOT("snapshot"),
  /** An init that ended in an error or a timeout; it ends early and must never count as fast. */
  FAILED("failed");

  private final String label;

  InitKind(String label) {
    this.label = label;
  }

  /** Its name in the store and in every answer. */
  public String label() {
    return label;
  }
}
