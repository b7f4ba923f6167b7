package dev.frostline.ingest;

import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What a file was read into: its lines by stream, and the counts. */
record Reading(Map<StreamId, List<TimedLine>> streams, LineTally tally) {
  static final Origin NOWHERE = Origin.ofRegion("eu-west-1");

  static Reading of(Path file, Origin origin) throws IOException {
    Map<StreamId, List<TimedLine>> streams = new TreeMap<>();
    LineTally tally =
        new LogFile(file, origin)
            .read(
                (stream, lines) ->
                    streams.computeIfAbsent(stream, key -> new ArrayList<>()).addAll(lines));
    return new Reading(streams, tally);
  }

  static Reading of(Path file) throws IOException {
    return of(file, NOWHERE);
  }

  /** Files without stream names, as the command line reads them with {@code --function}. */
  static Origin ofFunction(String function) {
    return new Origin("123456789012", "eu-west-1", function, null, null, null);
  }

  static Origin ofStream(String group, @Nullable String stream) {
    return new Origin("123456789012", "eu-west-1", null, null, group, stream);
  }

  /** {@code received = kept + not ours + rejected {reason=n}}, the way a user sees it. */
  String counts() {
    return tally.received()
        + " = "
        + tally.keptEvents()
        + " + "
        + tally.notOursEvents()
        + " + "
        + new TreeMap<>(tally.rejects());
  }

  static byte[] gzip(byte[]... members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] member : members) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(member);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return out.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Path write(Path folder, String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** One subscription batch as the service sends it, decoded. */
  static String batch(String stream, String... messages) {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < messages.length; i++) {
      events.append(i == 0 ? "" : ",").append(event(i, messages[i]));
    }
    return "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"/aws/lambda/checkout-api\","
        + "\"logStream\":\""
        + stream
        + "\",\"subscriptionFilters\":[\"frostline\"],\"logEvents\":["
        + events
        + "]}";
  }

  private static String event(int number, String message) {
    return "{\"id\":\"3949"
        + String.format("%052d", number)
        + "\",\"timestamp\":"
        + (1_789_801_955_000L + number)
        + ",\"message\":\""
        + message
        + "\"}";
  }
}
