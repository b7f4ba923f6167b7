package dev.frostline.timing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream's timing lines, in landing objects and in {@code log_stream.events}:
 * deflated; ids and times as differences from the line before, strings once. The store leaves
 * import timings out, because {@code import_timing} has them: then only their place is written.
 */
public final class TimingLineCodec {
  /** The version that is written; every one up to it is read. */
  static final int VERSION = 1;

  /** No import takes that long: it tells a place from an import. */
  static final long NO_TIME = Long.MIN_VALUE;

  private static final TimingLine.ImportTime PLACE =
      new TimingLine.ImportTime(ImportKind.PYTHON_MODULE, 0, 0, NO_TIME, "", false, null);

  private TimingLineCodec() {}

  /** All of the lines, in the given order. */
  public static byte[] encode(List<TimedLine> lines) {
    return write(lines, null);
  }

  /**
   * The lines without the content of {@link TimingLine.ImportTime}: only where one differs from the
   * row it became.
   *
   * @param rows the row of each import, in the order of the lines; null where it has none, whose
   *     line is written whole
   */
  public static byte[] encodeWithoutImports(
      List<TimedLine> lines, Iterator<TimingLine.@Nullable ImportTime> rows) {
    return write(lines, rows);
  }

  /** Reads what {@link #encode} wrote. */
  public static List<TimedLine> decode(byte[] bytes) {
    return read(bytes, null);
  }

  /**
   * Reads what {@link #encodeWithoutImports} wrote; each import's place takes the next of {@code
   * imports}.
   */
  public static List<TimedLine> decode(byte[] bytes, Iterator<TimingLine.ImportTime> rows) {
    return read(bytes, rows);
  }

  /**
   * Reads what {@link #encodeWithoutImports} wrote without the rows: an import whose line has one
   * is a place that says no more.
   */
  public static List<TimedLine> decodePlaces(byte[] bytes) {
    return read(bytes, Collections.nCopies(Integer.MAX_VALUE, PLACE).iterator());
  }

  /** Writes lines that were read by {@link #decodePlaces}, with others among them. */
  public static byte[] encodePlaces(List<TimedLine> lines) {
    List<TimingLine.@Nullable ImportTime> rows = new ArrayList<>();
    for (TimedLine line : lines) {
      if (line.line() instanceof TimingLine.ImportTime imported) {
        rows.add(isPlace(imported) ? PLACE : null);
      }
    }
    return write(lines, rows.iterator());
  }

  /** Whether it stands for an import that is stored as a row. */
  public static boolean isPlace(TimingLine line) {
    return line instanceof TimingLine.ImportTime imported && imported.cumulativeMicros() == NO_TIME;
  }

  private static byte[] write(
      List<TimedLine> lines, @Nullable Iterator<TimingLine.@Nullable ImportTime> rows) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(lines.size() * 8 + 64);
    try (DataOutputStream out = new DataOutputStream(plain)) {
      out.writeByte(VERSION);
      TimingLineWriter writer = new TimingLineWriter(out, rows);
      writer.number(lines.size());
      for (TimedLine line : lines) {
        writer.place(line);
        writer.line(line.line());
      }
      return deflated(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] deflated(ByteArrayOutputStream plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.size() / 4 + 64);
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, 8192)) {
      plain.writeTo(out);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static List<TimedLine> read(
      byte[] bytes, @Nullable Iterator<TimingLine.ImportTime> rows) {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      int version = in.readByte();
      if (version < 1 || version > VERSION) {
        throw new IOException(
            "timing lines of format "
                + version
                + ", this Frostline reads up to "
                + VERSION
                + (version > VERSION ? ": a newer one wrote them" : ""));
      }
      TimingLineReader reader = new TimingLineReader(in, rows);
      int count = reader.size();
      List<TimedLine> lines = new ArrayList<>(Math.min(count, 1 << 20));
      for (int i = 0; i < count; i++) {
        lines.add(reader.timedLine());
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
