package dev.frostline.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImportForestTest {
  @Test
  void parent_adoptsTheDeeperRowsBeforeIt() {
    Stream stream =
        stream()
            .header()
            .row(2, 1, 1, "a")
            .row(2, 2, 2, "b")
            .row(1, 3, 6, "c")
            .row(1, 4, 4, "d")
            .row(0, 5, 15, "e")
            .row(0, 6, 6, "f");
    assertEquals("a<c b<c c<e d<e e f", tree(stream, 0));
  }

  @Test
  void treeCutAtBothEnds_keepsWhatItHas() {
    assertEquals(
        "a<b b<c c d",
        tree(stream().row(3, 1, 1, "a").row(1, 3, 6, "b").row(0, 4, 4, "c").row(2, 1, 1, "d"), 0));
  }

  @Test
  void negativeSelf_isKept() {
    ImportTiming row =
        stream().row(0, -153_961, 946, "asyncio.futures").coldStart().imports().get(0);
    assertEquals(-153_961, row.selfMicros());
  }

  @Test
  void cachedRow_adoptsNothingAndCostsNothing() {
    Stream stream = stream().row(1, 1, 1, "a").cached("os").row(0, 2, 3, "b");
    assertEquals("a<b os b", tree(stream, 0));
    assertTrue(stream.coldStart().imports().get(1).cached());
  }

  @Test
  void pause_isTakenOutOfTheRowItFellInto() {
    ColdStart start =
        stream()
            .header()
            .pause(2, 1_000)
            .row(1, 1_500, 1_500, "kid")
            .pause(1, 300)
            .row(0, 400, 1_900, "app")
            .pause(0, 50)
            .coldStart();
    assertEquals(
        List.of(1_000L, 500L, 300L, 100L, 50L),
        start.imports().stream().map(ImportTiming::selfMicros).toList());
    assertEquals(
        Arrays.asList(1, 3, 3, null, null),
        start.imports().stream().map(ImportTiming::parentSeq).toList());
    assertEquals(1_900L + 50, start.importsMicros());
  }

  @Test
  void pauseInALauncherRow_isTakenOutOnce() {
    List<ImportTiming> rows =
        stream()
            .row(1, 5, 5, "kid")
            .pause(1, 1_000)
            .loaded(1, 1_200, 1_205, "by.name", 2)
            .row(0, 1_300, 1_305, "plugin")
            .coldStart()
            .imports();
    assertEquals(
        List.of(5L, 1_000L, 200L, 100L), rows.stream().map(ImportTiming::selfMicros).toList());
    assertEquals(List.of(2, 2, 1, 0), rows.stream().map(ImportTiming::depth).toList());
  }

  @Test
  void pauseBesideAChildInterpreter_staysInTheFirst() {
    Stream stream =
        stream().header().row(0, 1, 1, "site").header().row(0, 2, 2, "zipimport").pause(1, 700);
    assertEquals(
        List.of(0, 1, 0), stream.coldStart().imports().stream().map(ImportTiming::tree).toList());
  }

  @Test
  void rowsBeyondTheMost_areCounted() {
    Stream stream = stream().initStart();
    for (int i = 0; i < 20_003; i++) {
      stream.row(0, 1, 1, "m" + i);
    }
    ColdStart start = stream.at(60_000).start("a").report("a", 59_900).coldStart();
    assertEquals(20_000, start.imports().size());
    assertEquals("m19999", start.imports().get(19_999).name());
    assertEquals("capped 3", start.completeness() + " " + start.importsDropped());
  }

  @Test
  void moduleImportedTwice_staysTwice() {
    assertEquals("a a", tree(stream().row(0, 1, 1, "a").row(0, 1, 1, "a"), 0));
  }

  @Test
  void launcherRow_takesAsManyAsItCounts_atItsRealDepth() {
    Stream stream =
        stream()
            .row(0, 1, 1, "x")
            .row(1, 2, 2, "b")
            .row(0, 3, 5, "a")
            .row(0, 4, 4, "c")
            .loaded(0, 7, 16, "app", 2);
    assertEquals("x b<a a<app c<app app", tree(stream, 0));
    assertEquals(
        List.of(0, 2, 1, 1, 0),
        stream.coldStart().imports().stream().map(ImportTiming::depth).toList());
  }

  @Test
  void subprocess_isATreeOfItsOwn_andNotSummed() {
    Stream stream =
        stream()
            .initStart()
            .header()
            .row(0, 10, 10, "site")
            .row(1, 5, 5, "m.a")
            .header()
            .row(1, 3, 3, "child.b")
            .row(0, 10, 13, "site")
            .row(0, 7, 12, "m")
            .row(0, 4, 4, "n")
            .at(300)
            .start("a")
            .report("a", 290);
    assertEquals("site m.a<m m n", tree(stream, 0));
    assertEquals("child.b<site site", tree(stream, 1));
    assertEquals(16L, stream.coldStart().importsMicros());
  }

  @Test
  void fourInterleavedTrees_eachKeepTheirNesting() {
    Stream stream = stream();
    for (int worker = 0; worker < 4; worker++) {
      stream.header();
    }
    for (int step = 0; step < 30; step++) {
      for (int worker = 0; worker < 4; worker++) {
        long millis = 10L * (worker + 1) + step * 100L;
        switch (step % 3) {
          case 0 -> stream.row(2, millis, millis, "leaf" + step);
          case 1 -> stream.row(1, 1, 1 + millis - 100, "middle" + step);
          default -> stream.row(0, 1, 2 + millis - 200, "top" + step);
        }
      }
    }
    for (int number = 0; number < 4; number++) {
      assertEquals(
          "leaf0<middle1 middle1<top2 top2",
          tree(stream, number).substring(0, 31),
          "tree " + number);
    }
    for (ImportTiming row : stream.coldStart().imports()) {
      assertEquals(0, gap(stream, row), row.toString());
    }
  }

  @Test
  void headersWithoutEnd_takeBoundedTime() {
    Stream stream = stream();
    for (int i = 0; i < 3_000; i++) {
      stream.header().row(0, 1, 1, "m" + i).row(0, 1, 1, "n").row(0, 1, 9, "p");
    }
    assertTimeoutPreemptively(Duration.ofSeconds(10), stream::coldStart);
  }

  @Test
  void launcherRowsWithoutEnd_takeBoundedTime() {
    Stream stream = stream().row(0, 1, 1, "m");
    for (int i = 0; i < 30_000; i++) {
      stream.loaded(0, 1, i + 2, "n", 1);
    }
    assertTimeoutPreemptively(Duration.ofSeconds(10), stream::coldStart);
  }

  private static long gap(Stream stream, ImportTiming row) {
    long children = 0;
    for (ImportTiming other : stream.coldStart().imports()) {
      Integer parent = other.parentSeq();
      children += parent != null && parent == row.seq() ? other.cumulativeMicros() : 0;
    }
    return row.cumulativeMicros() - row.selfMicros() - children;
  }

  private static String tree(Stream stream, int tree) {
    List<ImportTiming> rows = stream.coldStart().imports();
    List<String> words = new ArrayList<>();
    for (ImportTiming row : rows) {
      Integer parent = row.parentSeq();
      if (row.tree() == tree) {
        words.add(row.name() + (parent == null ? "" : "<" + rows.get(parent).name()));
      }
    }
    return String.join(" ", words);
  }

  private static Stream stream() {
    return new Stream(Stream.VERSION_4);
  }
}
