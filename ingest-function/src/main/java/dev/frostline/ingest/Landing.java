package dev.frostline.ingest;

import java.io.IOException;

/** Where the ingest function puts landing objects: created once, never changed. */
public interface Landing {
  /**
   * Creates an object; returns false when one with that key was there already, which is success
   * too, since keys are derived from content.
   *
   * @throws IOException when it could not be created; the batch must be delivered again
   */
  boolean put(String key, byte[] content) throws IOException;
}
