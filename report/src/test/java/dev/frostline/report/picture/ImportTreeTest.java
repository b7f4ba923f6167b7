package dev.frostline.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.report.picture.ImportTree.Node;
import dev.frostline.report.picture.ImportTree.Presence;
import dev.frostline.report.picture.ImportTree.Time;
import dev.frostline.store.Store;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportTreeTest {
  @Test
  void whatLeftInitForTheFirstInvocation_isNotGone() {
    Node numpy = Node.of("numpy", "python module", new Time(10, 10), List.of());
    Node pandas = Node.of("pandas", "python module", new Time(90, 100), List.of(numpy));
    Node other = Node.of("json", "python module", new Time(5, 5), List.of());
    ImportTree tree =
        ImportTree.difference(ImportTree.of(3, List.of(pandas, other)), ImportTree.of(3, List.of()))
            .moved(Set.of("pandas"));
    assertEquals(Presence.DEFERRED, tree.roots().get(0).presence());
    assertEquals(Presence.DEFERRED, tree.roots().get(0).children().get(0).presence());
    assertEquals(Presence.GONE, tree.roots().get(1).presence());
  }

  @Test
  void tree_isOfTheMediansOfStartsThatCount() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      ImportTree tree = Orders.tree(store, "2");
      assertEquals(3, tree.startsAfter());
      Node app = tree.roots().get(0);
      assertEquals("app", app.name());
      assertEquals(new Time(32, 103), app.after());
      assertEquals(new Time(42, 71), app.children().get(0).after());
      assertEquals(
          List.of("numpy", "json"),
          app.children().get(0).children().stream().map(Node::name).toList());
    }
  }

  @Test
  void importOfFewStarts_isNotTypical() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      Node rare = Orders.tree(store, "2").roots().get(1);
      assertEquals("rare", rare.name());
      assertEquals(new Time(0, 0), rare.after());
    }
  }

  @Test
  void difference_tellsNewGoneAndMoved() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      ImportTree difference =
          ImportTree.difference(Orders.tree(store, "1"), Orders.tree(store, "2"));
      Node app = difference.roots().get(0);
      assertEquals(Presence.BOTH, app.presence());
      assertEquals(59, app.cumulativeChangeMs(), 1e-9);
      Node pandas = app.children().get(0);
      assertEquals(Presence.NEW, pandas.presence());
      assertEquals(Presence.MOVED_HERE, pandas.children().get(1).presence());
      assertEquals(Presence.MOVED_AWAY, app.children().get(1).presence());
      Node old = difference.roots().get(1);
      assertEquals(Presence.GONE, old.presence());
      assertEquals(-22, old.cumulativeChangeMs(), 1e-9);
    }
  }

  @Test
  void folding_losesNoImportAndNoTime() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      ImportTree tree = Orders.tree(store, "2").withoutSmall(30);
      Node pandas = tree.roots().get(0).children().get(0);
      Node folded = pandas.children().get(0);
      assertEquals(2, folded.folded());
      assertEquals(17 + 12, folded.after().cumulativeMs(), 1e-9);
      assertEquals(1, tree.roots().get(1).folded());
    }
  }

  @Test
  void icicle_holdsChildrenWithinTheirParents() throws IOException, SQLException {
    try (Store store = Orders.store()) {
      Icicle icicle =
          Icicle.of(
              "1 → 2", ImportTree.difference(Orders.tree(store, "1"), Orders.tree(store, "2")));
      for (Icicle.Box box : icicle.boxes()) {
        boolean held =
            box.row() == 0
                || icicle.boxes().stream()
                    .anyMatch(
                        other ->
                            other.row() == box.row() - 1
                                && box.x() >= other.x() - 0.002
                                && box.x() + box.width() <= other.x() + other.width() + 0.002);
        assertTrue(held, box.toString());
      }
      assertEquals("gone", box(icicle, "old").tone());
      assertEquals("more-4", box(icicle, "pandas").tone());
      assertTrue(box(icicle, "pandas").label().startsWith("▲ pandas  +71.0 ms"));
      assertFalse(icicle.boxes().stream().anyMatch(box -> box.name().equals("rare")));
    }
  }

  private static Icicle.Box box(Icicle icicle, String name) {
    return icicle.boxes().stream().filter(box -> box.name().equals(name)).findFirst().orElseThrow();
  }
}
