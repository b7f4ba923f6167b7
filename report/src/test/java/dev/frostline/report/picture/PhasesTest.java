package dev.frostline.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What nobody measured is no zero. */
final class PhasesTest {
  @Test
  void startOfARuntimeThatNothingTells_isNotZero() {
    Phases java = new Phases(10, 0, 120, 30, 40, "java21");
    Phases python = new Phases(10, 60, 120, 30, 40, "python3.13");
    List<Phases.Change> changes = Phases.changes(java, java);
    assertEquals("runtime's own start", changes.get(0).name());
    assertTrue(Double.isNaN(changes.get(0).beforeMs()) && Double.isNaN(changes.get(0).changeMs()));
    assertEquals(0, changes.get(1).changeMs());
    assertEquals(60, Phases.changes(python, python).get(0).afterMs());
  }
}
