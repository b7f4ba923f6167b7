package dev.frostline.ingest;

import java.io.IOException;

/**
 * A batch or file that cannot be decoded as a whole; nothing of it may be kept. The message says
 * why.
 */
public final class UndecodableException extends IOException {
  private static final long serialVersionUID = 1;

  UndecodableException(String why) {
    super(why);
  }

  UndecodableException(String why, Throwable cause) {
    super(why, cause);
  }
}
