package dev.frostline.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the data of subscription events, one batch after the other, with the same buffers. */
public final class BatchReader {
  private final JsonLogs json;

  /**
   * A reader.
   *
   * @param region of the log groups, which a payload does not name
   * @param ownLogGroup whose events are dropped, so that the function never feeds itself
   */
  public BatchReader(@Nullable String region, @Nullable String ownLogGroup) {
    json = new JsonLogs(Origin.ofRegion(region), ownLogGroup);
  }

  /**
   * Reads {@code awslogs.data}: base64 of gzip of a batch.
   *
   * @throws UndecodableException when it cannot be decoded; what the sink was given must not be
   *     kept then
   */
  public void read(String base64, TimingLineSink sink, LineTally tally) throws IOException {
    json.readData(base64, new JsonLogs.Target(sink, tally));
  }
}
