package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.EventId;
import dev.frostline.timing.ImportKind;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StreamMergeTest {
  @Test
  void eventWithAKnownId_isNotTakenAgain() {
    List<TimedLine> stored = List.of(line(1, id(1), "a"), line(2, id(2), "b"));
    StreamMerge.Merged merged =
        StreamMerge.merge(
            stored, List.of(line(2, id(2), "b"), line(3, id(3), "c"), line(3, id(3), "c")));
    assertEquals("a b c, 1 new, 2 known", say(merged));
    assertFalse(StreamMerge.needsContent(stored, stored));
  }

  @Test
  void eventOfSeveralLines_isOneEvent() {
    List<TimedLine> event = List.of(part(0, "a"), part(1, "b"), part(2, "c"));
    List<TimedLine> twice = new ArrayList<>(event);
    twice.addAll(event);
    Collections.shuffle(twice, new Random(1));
    assertEquals("a b c, 1 new, 1 known", say(StreamMerge.merge(List.of(), twice)));
  }

  @Test
  void exportAfterSubscription_addsNothing() {
    List<TimedLine> stored = List.of(line(1, id(1), "a"), line(1, id(2), "a"), line(2, id(3), "b"));
    List<TimedLine> export =
        List.of(
            line(1, EventId.ordinal(4), "a"),
            line(1, EventId.ordinal(5), "a"),
            line(2, EventId.ordinal(6), "b"));
    assertTrue(StreamMerge.needsContent(stored, export));
    assertEquals("a a b, 0 new, 3 known", say(StreamMerge.merge(stored, export)));
  }

  @Test
  void subscriptionAfterExport_addsOnlyWhatTheExportLacked() {
    List<TimedLine> stored =
        List.of(line(1, EventId.ordinal(0), "a"), line(1, EventId.ordinal(1), "a"));
    StreamMerge.Merged merged =
        StreamMerge.merge(
            stored,
            List.of(
                line(1, id(1), "a"),
                line(1, id(2), "a"),
                line(1, id(3), "a"),
                line(2, id(4), "b")));
    assertEquals("a a a b, 2 new, 2 known", say(merged));
  }

  @Test
  void sameExportTwice_addsNothing_andEqualLinesStay() {
    List<TimedLine> export =
        List.of(line(1, EventId.ordinal(0), "a"), line(1, EventId.ordinal(1), "a"));
    StreamMerge.Merged first = StreamMerge.merge(List.of(), export);
    assertEquals("a a, 2 new, 0 known", say(first));
    assertEquals("a a, 0 new, 2 known", say(StreamMerge.merge(first.lines(), export)));
  }

  @Test
  void secondFileOfAnExport_isNumberedOn() {
    List<TimedLine> stored =
        StreamMerge.merge(List.of(), List.of(line(1, EventId.ordinal(0), "a"))).lines();
    StreamMerge.Merged merged =
        StreamMerge.merge(
            stored, List.of(line(5, EventId.ordinal(0), "b"), line(5, EventId.ordinal(1), "c")));
    assertEquals("a b c, 2 new, 0 known", say(merged));
    assertEquals(3, merged.lines().stream().map(TimedLine::eventId).distinct().count());
    List<TimedLine> later =
        StreamMerge.merge(
                List.of(),
                List.of(line(5, EventId.ordinal(0), "b"), line(5, EventId.ordinal(1), "c")))
            .lines();
    assertEquals(
        merged.lines(),
        StreamMerge.merge(later, List.of(line(1, EventId.ordinal(0), "a"))).lines());
  }

  @Test
  void anyOrderAndSplit_givesTheSameLines() {
    List<TimedLine> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(line(i / 3, id(i), "m" + i));
    }
    List<TimedLine> whole = StreamMerge.merge(List.of(), all).lines();
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<TimedLine> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      List<TimedLine> lines = List.of();
      for (int from = 0; from < shuffled.size(); ) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(9));
        lines = StreamMerge.merge(lines, shuffled.subList(Math.max(0, from - 2), to)).lines();
        from = to;
      }
      assertEquals(whole, lines);
    }
  }

  @Test
  void exportThatGetsItsIds_isKeptByThem() {
    List<TimedLine> export = export(1, "a", "b", "a", "c");
    List<TimedLine> batches =
        List.of(line(1, id(1), "a"), line(1, id(2), "b"), line(1, id(3), "a"), line(1, id(4), "c"));
    StreamMerge.Merged half = StreamMerge.merge(export, List.of(batches.get(0), batches.get(2)));
    assertEquals("a b a c, 0 new, 2 known", say(half));
    StreamMerge.Merged whole =
        StreamMerge.merge(half.lines(), List.of(batches.get(1), batches.get(3)));
    assertEquals("a b a c, 0 new, 2 known", say(whole));
    assertEquals(batches, whole.lines());
  }

  @Test
  void partsOfAnExport_areInTheirOrder_whicheverCameFirst() {
    List<TimedLine> first = export(1, "y", "a");
    first.add(line(2, EventId.ordinal(2), "z"));
    List<TimedLine> second = new ArrayList<>(List.of(line(2, EventId.ordinal(0), "b")));
    second.add(line(3, EventId.ordinal(1), "c"));
    for (List<List<TimedLine>> order : List.of(List.of(first, second), List.of(second, first))) {
      List<TimedLine> one = StreamMerge.merge(List.of(), order.get(0)).lines();
      assertEquals("y a z b c", say(StreamMerge.merge(one, order.get(1))).replaceFirst(",.*", ""));
    }
  }

  /** Batches and files of any parts of a stream, in any order and repetition. */
  @Test
  void mixturesOfBatchesAndExports_giveTheSame_inAnyOrder() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<TimedLine> stream = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        stream.add(line(i / 6, id(i), "m" + random.nextInt(9)));
      }
      List<List<TimedLine>> parts = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(6); i++) {
        int from = random.nextInt(24);
        List<TimedLine> part = stream.subList(from, from + 1 + random.nextInt(24 - from));
        parts.add(random.nextBoolean() ? part : withoutIds(part));
      }
      StreamMerge.Merged first = merged(parts);
      parts.addAll(parts.subList(0, random.nextInt(parts.size())));
      Collections.shuffle(parts, random);
      StreamMerge.Merged second = merged(parts);
      assertEquals(first.lines(), second.lines(), "seed " + seed);
      assertEquals(names(first.told()), names(second.told()), "seed " + seed);
      assertFalse(StreamMerge.merge(second.lines(), parts.get(0)).isChanged(), "seed " + seed);
      parts.add(withoutIds(stream));
      assertEquals(names(stream), names(merged(parts).told()), "seed " + seed);
      parts.add(stream);
      Collections.shuffle(parts, random);
      assertEquals(stream, merged(parts).lines(), "seed " + seed);
    }
  }

  private static StreamMerge.Merged merged(List<List<TimedLine>> parts) {
    StreamMerge.Merged merged = StreamMerge.merge(List.of(), List.of());
    for (List<TimedLine> part : parts) {
      merged = StreamMerge.merge(merged.lines(), part);
    }
    return merged;
  }

  private static List<TimedLine> withoutIds(List<TimedLine> part) {
    List<TimedLine> file = new ArrayList<>();
    for (TimedLine line : part) {
      file.add(new TimedLine(line.atMillis(), EventId.ordinal(file.size()), 0, line.line()));
    }
    return file;
  }

  private static List<String> names(List<TimedLine> lines) {
    return lines.stream().map(line -> ((TimingLine.ImportTime) line.line()).name()).toList();
  }

  private static List<TimedLine> export(long at, String... names) {
    List<TimedLine> export = new ArrayList<>();
    for (String name : names) {
      export.add(line(at, EventId.ordinal(export.size()), name));
    }
    return export;
  }

  private static TimedLine line(long at, EventId id, String name) {
    return new TimedLine(at, id, 0, row(name));
  }

  private static TimedLine part(int part, String name) {
    return new TimedLine(1, id(1), part, row(name));
  }

  private static EventId id(int number) {
    return EventId.parse("3949" + String.format("%052d", number));
  }

  private static TimingLine row(String name) {
    return new TimingLine.ImportTime(ImportKind.PYTHON_MODULE, 0, 1, 1, name, false, null);
  }

  private static String say(StreamMerge.Merged merged) {
    StringBuilder names = new StringBuilder();
    for (TimedLine line : merged.told()) {
      TimingLine.ImportTime row = (TimingLine.ImportTime) line.line();
      names.append(names.length() == 0 ? "" : " ").append(row.name());
    }
    return names + ", " + merged.newEvents() + " new, " + merged.knownEvents() + " known";
  }
}
