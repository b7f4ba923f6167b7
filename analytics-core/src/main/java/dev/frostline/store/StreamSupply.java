package dev.frostline.store;

import dev.frostline.timing.StreamId;
import java.io.IOException;
import java.util.Map;

/** Brings what somebody else holds of log streams into a store, before more of them is taken in. */
public interface StreamSupply {
  /** The store holds everything itself. */
  StreamSupply NONE = streams -> {};

  /**
   * When the delivered events of a log stream happened.
   *
   * @param firstMillis milliseconds since 1970, UTC
   * @param lastMillis the same of the last one
   */
  record Span(long firstMillis, long lastMillis) {}

  /** Called in the transaction that stores what was delivered of these streams. */
  void bring(Map<StreamId, Span> streams) throws IOException;
}
