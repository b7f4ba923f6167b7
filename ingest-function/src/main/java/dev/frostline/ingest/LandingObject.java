package dev.frostline.ingest;

import dev.frostline.timing.Sha256;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLineCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What one delivered batch came to: its timing lines by stream, and how many events were not ours
 * or rejected. Its key is derived from its content, so a batch that is delivered again lands on
 * itself.
 */
public final class LandingObject {
  /** Three letters, and a fourth for the version of the form. */
  private static final int MAGIC = 0x46524f00;

  /** The version that is written; every one up to it is read. */
  static final int VERSION = '1';

  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("'landing/dt='yyyy-MM-dd'/'HH'/'").withZone(ZoneOffset.UTC);

  private final Map<StreamId, List<TimedLine>> streams;
  private final long notOurs;
  private final Map<String, Long> rejects;

  /** The lines of a batch with the counts of its other events. */
  LandingObject(Map<StreamId, List<TimedLine>> streams, long notOurs, Map<String, Long> rejects) {
    this.streams = new TreeMap<>(streams);
    this.notOurs = notOurs;
    this.rejects = new TreeMap<>(rejects);
  }

  /** Lines by stream. */
  public Map<StreamId, List<TimedLine>> streams() {
    return Collections.unmodifiableMap(streams);
  }

  /** Events that say nothing about cold starts. */
  public long notOurs() {
    return notOurs;
  }

  /** Broken events by reason. */
  public Map<String, Long> rejects() {
    return Collections.unmodifiableMap(rejects);
  }

  boolean isEmpty() {
    return streams.isEmpty() && rejects.isEmpty();
  }

  /** {@code landing/dt=2026-09-19/06}: where objects lie whose first line is of that hour. */
  public static String folder(Instant hour) {
    String folder = FOLDER.format(hour);
    return folder.substring(0, folder.length() - 1);
  }

  /** {@code landing/dt=2026-09-19/06/<hash of the content>}, by the time of the first line. */
  static String key(LandingObject object, byte[] encoded) {
    long first = Long.MAX_VALUE;
    for (List<TimedLine> lines : object.streams.values()) {
      first = Math.min(first, Collections.min(lines).atMillis());
    }
    String folder = FOLDER.format(Instant.ofEpochMilli(first == Long.MAX_VALUE ? 0 : first));
    return folder + HexFormat.of().formatHex(Sha256.of(encoded), 0, 8);
  }

  /**
   * The same in pieces, encoded, each with the streams of one number; the first one counts the
   * events that are no stream's.
   */
  public Map<Integer, byte[]> split(ToIntFunction<StreamId> number) {
    TreeMap<Integer, Map<StreamId, List<TimedLine>>> groups = new TreeMap<>();
    streams.forEach(
        (stream, lines) ->
            groups
                .computeIfAbsent(number.applyAsInt(stream), none -> new TreeMap<>())
                .put(stream, lines));
    if (groups.isEmpty()) {
      groups.put(0, Map.of());
    }
    Map<Integer, byte[]> pieces = new TreeMap<>();
    groups.forEach(
        (group, own) -> {
          boolean isFirst = pieces.isEmpty();
          pieces.put(
              group,
              new LandingObject(own, isFirst ? notOurs : 0, isFirst ? rejects : Map.of()).encode());
        });
    return pieces;
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC | VERSION);
      out.writeLong(notOurs);
      out.writeInt(rejects.size());
      for (Map.Entry<String, Long> reject : rejects.entrySet()) {
        out.writeUTF(reject.getKey());
        out.writeLong(reject.getValue());
      }
      out.writeInt(streams.size());
      for (Map.Entry<StreamId, List<TimedLine>> entry : streams.entrySet()) {
        StreamId stream = entry.getKey();
        for (String part :
            List.of(stream.account(), stream.region(), stream.logGroup(), stream.logStream())) {
          out.writeUTF(part);
        }
        byte[] lines = TimingLineCodec.encode(entry.getValue());
        out.writeInt(lines.length);
        out.write(lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] content = bytes.toByteArray();
    byte[] sealed = Arrays.copyOf(content, content.length + 8);
    System.arraycopy(Sha256.of(content), 0, sealed, content.length, 8);
    return sealed;
  }

  /**
   * Reads an object back.
   *
   * @throws UndecodableException when it is damaged or of a newer form
   */
  public static LandingObject decode(byte[] sealed) throws IOException {
    if (sealed.length < 8) {
      throw new UndecodableException("a landing object cut short");
    }
    byte[] content = Arrays.copyOf(sealed, sealed.length - 8);
    if (!Arrays.equals(
        Arrays.copyOf(Sha256.of(content), 8),
        Arrays.copyOfRange(sealed, content.length, sealed.length))) {
      throw new UndecodableException("a landing object that is damaged: its checksum is wrong");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      requireKnown(in.readInt());
      return read(in);
    } catch (EOFException | IllegalArgumentException e) {
      throw new UndecodableException("a landing object that is damaged: it ends too early", e);
    } catch (UTFDataFormatException e) {
      throw new UndecodableException("a landing object that is damaged: it holds no text", e);
    } catch (UncheckedIOException e) {
      throw new UndecodableException(message(e), e); // its timing lines have a form of their own
    }
  }

  private static String message(UncheckedIOException e) {
    return "a landing object with " + Objects.requireNonNull(e.getCause()).getMessage();
  }

  private static void requireKnown(int begin) throws UndecodableException {
    int version = begin & 0xff;
    if ((begin & ~0xff) != MAGIC || version < '1') {
      throw new UndecodableException("no landing object");
    }
    if (version > VERSION) {
      throw new UndecodableException(
          "a landing object of format "
              + (version - '0')
              + ", this Frostline reads up to "
              + (VERSION - '0')
              + ": a newer ingest function wrote it, so update this one and sync again");
    }
  }

  private static LandingObject read(DataInputStream in) throws IOException {
    long notOurs = in.readLong();
    Map<String, Long> rejects = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      rejects.put(in.readUTF(), in.readLong());
    }
    Map<StreamId, List<TimedLine>> streams = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      StreamId stream = new StreamId(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
      int length = in.readInt();
      byte[] lines = in.readNBytes(length);
      if (lines.length < length) {
        throw new EOFException();
      }
      streams.put(stream, TimingLineCodec.decode(lines));
    }
    return new LandingObject(streams, notOurs, rejects);
  }
}
