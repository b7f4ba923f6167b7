package dev.frostline.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TimingLineCodecTest {
  @Test
  void lines_comeBackAsTheyWere() {
    for (int seed = 0; seed < 300; seed++) {
      List<TimedLine> lines = lines(new Random(seed));
      assertEquals(lines, TimingLineCodec.decode(TimingLineCodec.encode(lines)));
    }
  }

  @Test
  void linesWithoutImports_comeBackWithTheRowsTheyBecame() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<TimedLine> lines = lines(random);
      List<TimingLine.ImportTime> rows = new ArrayList<>();
      for (TimedLine line : lines) {
        if (line.line() instanceof TimingLine.ImportTime row) {
          rows.add(moved(row, random));
        }
      }
      byte[] bytes = TimingLineCodec.encodeWithoutImports(lines, rows.iterator());
      assertEquals(lines, TimingLineCodec.decode(bytes, rows.iterator()));
    }
  }

  @Test
  void encoding_isTheSameEveryTime() {
    List<TimedLine> lines = lines(new Random(3));
    assertEquals(
        0, java.util.Arrays.compare(TimingLineCodec.encode(lines), TimingLineCodec.encode(lines)));
  }

  @Test
  void eventsInARow_costLittle() {
    List<TimedLine> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      EventId id =
          EventId.parse("39497001234567890123456789012345678901234567890" + (100_000_000 + i));
      lines.add(new TimedLine(1_789_801_955_000L, id, 0, new TimingLine.TraceHeader()));
    }
    assertTrue(TimingLineCodec.encode(lines).length < 100);
  }

  @Test
  void damagedBytes_areSaidToBe() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] content = inflated(TimingLineCodec.encode(lines(new Random(i % 20))));
      content[random.nextInt(content.length)] = (byte) random.nextInt();
      byte[] damaged = deflated(content);
      try {
        TimingLineCodec.decode(damaged); // a changed digit is a digit
      } catch (UncheckedIOException e) {
        assertTrue(String.valueOf(e.getMessage()).length() > 0);
      }
    }
    assertThrows(UncheckedIOException.class, () -> TimingLineCodec.decode(new byte[] {1, 2, 3}));
  }

  private static List<TimedLine> lines(Random random) {
    List<TimedLine> lines = new ArrayList<>();
    long at = random.nextLong() >>> 20;
    EventId id = EventId.ordinal(random.nextInt(5));
    for (int i = random.nextInt(60); i >= 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> id = new EventId(random.nextLong(), random.nextLong(), random.nextLong());
        case 1 -> id = new EventId(id.high(), id.middle(), id.low() + 1);
        case 2 -> id = EventId.ordinal(random.nextLong());
        default -> at += random.nextInt(2000) - 1000;
      }
      lines.add(new TimedLine(at, id, random.nextInt(300), line(random)));
    }
    return lines;
  }

  private static TimingLine line(Random random) {
    return switch (random.nextInt(13)) {
      case 0 ->
          new TimingLine.InitStart(
              text(random), text(random), text(random), text(random), text(random), text(random));
      case 1 -> new TimingLine.InitRuntimeDone(text(random), text(random));
      case 2 ->
          new TimingLine.InitReport(
              random.nextLong(), text(random), text(random), text(random), text(random));
      case 3 -> new TimingLine.Start(name(random), text(random));
      case 4 ->
          new TimingLine.Report(
              name(random),
              number(random),
              number(random),
              number(random),
              number(random),
              number(random),
              number(random),
              number(random),
              text(random),
              text(random));
      case 5 -> new TimingLine.RestoreStart(text(random), text(random));
      case 6 -> new TimingLine.RestoreReport(number(random), text(random));
      case 7 -> new TimingLine.Fault(name(random), text(random));
      case 8 -> new TimingLine.TraceHeader();
      case 9 -> new TimingLine.CaptureBegin(values(random));
      case 10 -> new TimingLine.CaptureEnd(values(random));
      case 11 -> new TimingLine.CaptureUsage(values(random));
      default -> row(random);
    };
  }

  private static TimingLine.ImportTime row(Random random) {
    List<ImportKind> kinds = List.of(ImportKind.values());
    ImportKind kind = kinds.get(random.nextInt(kinds.size()));
    Integer kids = random.nextBoolean() ? null : Integer.valueOf(random.nextInt(9));
    return new TimingLine.ImportTime(
        kind,
        random.nextInt(99),
        random.nextLong(),
        random.nextLong(),
        name(random),
        random.nextBoolean(),
        kids);
  }

  private static TimingLine.ImportTime moved(TimingLine.ImportTime row, Random random) {
    return new TimingLine.ImportTime(
        row.kind(),
        row.depth() + random.nextInt(3),
        row.selfMicros() - random.nextInt(9),
        row.cumulativeMicros(),
        row.name(),
        row.cached(),
        null);
  }

  private static Map<String, String> values(Random random) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.put(name(random), name(random));
    }
    return values;
  }

  private static @Nullable String text(Random random) {
    return random.nextInt(3) == 0 ? null : name(random);
  }

  private static String name(Random random) {
    String[] names = {
      "",
      "os",
      "a|b",
      "módulo.数据.😀",
      "nul\0byte",
      "half\ud800",
      "x".repeat(1024),
      "n" + random.nextInt(50)
    };
    return names[random.nextInt(names.length)];
  }

  private static @Nullable Long number(Random random) {
    return random.nextInt(3) == 0 ? null : Long.valueOf(random.nextLong());
  }

  private static byte[] inflated(byte[] bytes) throws IOException {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
      deflate.write(bytes);
    }
    return out.toByteArray();
  }
}
