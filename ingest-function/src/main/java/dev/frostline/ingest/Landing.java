package dev.frostline.ingest;

import dev.frostline.ingest.s3.Bucket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Where the ingest function puts landing objects: created once, never changed. */
public interface Landing {
  /**
   * Creates an object; returns false when one with that key was there already, which is success
   * too, since keys are derived from content.
   *
   * @param deadline when to stop trying
   * @throws IOException when it could not be created; the batch must be delivered again
   */
  boolean put(String key, byte[] content, Instant deadline) throws IOException;

  /**
   * The landing at a place.
   *
   * @param place {@code s3://BUCKET/PREFIX} or a folder
   * @param environment as {@link Bucket#of} reads it
   */
  static Landing at(String place, Map<String, String> environment) {
    return place.startsWith("s3://")
        ? new S3Landing(Bucket.of(place, environment))
        : new DirectoryLanding(Path.of(place));
  }
}
