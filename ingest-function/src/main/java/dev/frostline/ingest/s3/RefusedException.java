package dev.frostline.ingest.s3;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** S3 answered, and the answer was no. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;
  private static final Set<Integer> TRANSIENT = Set.of(408, 409, 429, 500, 502, 503, 504);
  private static final Set<String> TRANSIENT_CODES = Set.of("RequestTimeout", "SlowDown");
  private static final Set<String> CREDENTIAL_CODES =
      Set.of("ExpiredToken", "TokenRefreshRequired");

  private final int status;
  private final String code;

  RefusedException(int status, @Nullable String code) {
    super(code == null ? "status " + status : status + " " + code);
    this.status = status;
    this.code = code == null ? "" : code;
  }

  /** Whether the same request may succeed a moment later. */
  public boolean isTransient() {
    return TRANSIENT.contains(status) || TRANSIENT_CODES.contains(code) || isOfCredentials();
  }

  boolean isOfCredentials() {
    return CREDENTIAL_CODES.contains(code);
  }
}
