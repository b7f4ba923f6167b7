package dev.frostline.ingest;

import dev.frostline.ingest.s3.Bucket;
import dev.frostline.ingest.s3.RefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Landing objects in a bucket, each by one create-once PUT. Whatever may pass (409, 5xx,
 * throttling, a connection that was cut) is tried again after a random pause, as long as there is
 * time.
 */
final class S3Landing implements Landing {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Bucket bucket;

  S3Landing(Bucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public boolean put(String key, byte[] content, Instant deadline) throws IOException {
    for (int tries = 1; ; tries++) {
      IOException reason;
      try {
        return bucket.create(key, content, Duration.between(Instant.now(), deadline));
      } catch (RefusedException e) {
        if (!e.isTransient()) {
          throw failure(key, tries, e);
        }
        reason = e;
      } catch (IOException e) {
        reason = e;
      }
      Duration pause = pause(tries);
      if (Instant.now().plus(pause).isAfter(deadline)) {
        throw failure(key, tries, reason);
      }
      sleep(pause);
    }
  }

  private IOException failure(String key, int tries, IOException reason) {
    return new IOException(
        "cannot land it as "
            + bucket
            + key
            + " (tried "
            + tries
            + " times): "
            + reason.getMessage(),
        reason);
  }

  /** Anything up to twice the last longest pause: writers that met once do not meet again. */
  private static Duration pause(int tries) {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest) + 1);
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting to try again");
    }
  }
}
