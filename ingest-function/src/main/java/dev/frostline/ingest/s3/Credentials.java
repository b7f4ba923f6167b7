package dev.frostline.ingest.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keys that sign requests.
 *
 * @param sessionToken of a role's keys; absent for a user's
 * @param until when they end
 */
record Credentials(
    String accessKeyId, String secretKey, @Nullable String sessionToken, Instant until) {

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "credentials " + accessKeyId;
  }
}
