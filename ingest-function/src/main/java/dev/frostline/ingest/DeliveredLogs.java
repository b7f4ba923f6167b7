package dev.frostline.ingest;

import dev.frostline.timing.Sha256;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * An object that a log group of class DELIVERY leaves in a bucket, with no function between: {@code
 * AWSLogs/ACCOUNT/REGION/_aws_lambda_NAME/…/_….log.zst}, one event a line as JSON. Its events name
 * account, log group and stream; the Region stands in the key alone.
 */
public final class DeliveredLogs {
  /** Where such objects lie in a bucket. */
  public static final String FOLDER = "AWSLogs";

  /** Stream of events that name none: their object, by its key. */
  static final String STREAM = "delivered/";

  /** Other services deliver below the same folder, with their name where the Region is here. */
  private static final Pattern KEY =
      Pattern.compile(
          FOLDER + "/(\\d{12})/([a-z]{2,4}(?:-[a-z]+)+-\\d)/(?:.*/)?[^/]+\\.log(?:\\.(?:zst|gz))?");

  private DeliveredLogs() {}

  /** Whether a key is that of such an object. */
  public static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  /**
   * Reads one as what the ingest function would have landed of it.
   *
   * @throws UndecodableException when it is damaged
   */
  public static LandingObject read(String key, InputStream content) throws IOException {
    Matcher place = KEY.matcher(key);
    if (!place.matches()) {
      throw new UndecodableException("not delivered logs: " + key);
    }
    Origin origin = new Origin(place.group(1), place.group(2), null, null, null, null);
    JsonLogs json = new JsonLogs(origin, null);
    String stream = STREAM + Long.toHexString(Sha256.id(key));
    Map<StreamId, List<TimedLine>> streams = new TreeMap<>();
    TimingLineSink sink =
        (of, lines) -> streams.computeIfAbsent(of, none -> new ArrayList<>()).addAll(lines);
    LooseEvents loose = new LooseEvents(json.events(), origin, () -> stream, 0, sink);
    try (InputStream packed = new BufferedInputStream(content)) {
      InputStream text = Encoding.utf8(Compression.unpacked(packed));
      LineTally tally = new LogContent(loose, json, sink).read(text);
      return new LandingObject(streams, tally.notOursEvents(), tally.rejects());
    } catch (ZipException | EOFException e) {
      throw new UndecodableException(String.valueOf(e.getMessage()), e);
    }
  }
}
