package dev.frostline.verdict.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.findings.Slowdown.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Slowdowns of hand-made tracks; a state's level is what its init takes in ms. */
class TrackFindingsTest {
  @Test
  void slowdown_thatTheNextOneKeeps_staysOpen() {
    Track track = new Track("a 100", "b 150", "c 150");
    assertEquals(Set.of(new Recheck(0, 2)), track.findings(2).rechecks());
    Slowdown only = track.slowdowns(2).get(0);
    assertTrue(only.isOpen());
    assertEquals("b", only.opening().after().deployment());
    assertEquals(50, only.still().estimate());
  }

  @Test
  void slowdown_thatIsTakenBack_isClosed() {
    Slowdown only = new Track("a 100", "b 150", "c 101").slowdowns(2).get(0);
    assertEquals(State.TAKEN_BACK, only.state());
    assertEquals(2, only.closedBy());
  }

  @Test
  void slowdown_thatIsTakenBackInPart_isStillThatMuch() {
    Slowdown only = new Track("a 100", "b 150", "c 120").slowdowns(2).get(0);
    assertTrue(only.isOpen());
    assertEquals(20, only.still().estimate());
  }

  @Test
  void slowdown_thatIsRolledBack_isClosedWithoutAComparison() {
    Slowdown only = new Track("a 100", "b 150", "a 100").slowdowns(2).get(0);
    assertEquals(State.ROLLED_BACK, only.state());
    assertEquals(2, only.closedBy());
  }

  @Test
  void rollback_closesAllThatCameSince() {
    List<Slowdown> all = new Track("a 100", "b 150", "c 170", "a 100").slowdowns(3);
    assertEquals(List.of(State.ROLLED_BACK, State.ROLLED_BACK), states(all));
  }

  @Test
  void slowdown_thatComesAgainAfterARollback_isAnother() {
    List<Slowdown> all = new Track("a 100", "b 150", "a 100", "c 150").slowdowns(3);
    assertEquals(List.of(State.ROLLED_BACK, State.OPEN), states(all));
    assertEquals("c", all.get(1).opening().after().deployment());
  }

  @Test
  void slowdowns_oneAfterTheOther_areEachTheirOwn() {
    List<Slowdown> all = new Track("a 100", "b 150", "c 170", "d 170").slowdowns(3);
    assertEquals(List.of(State.OPEN, State.OPEN), states(all));
    assertEquals(50, all.get(0).still().estimate());
    assertEquals(20, all.get(1).still().estimate());
  }

  @Test
  void newerSlowdown_thatIsTakenBack_leavesTheOlderOne() {
    List<Slowdown> all = new Track("a 100", "b 150", "c 170", "d 150").slowdowns(3);
    assertEquals(List.of(State.OPEN, State.TAKEN_BACK), states(all));
    assertEquals(50, all.get(0).still().estimate());
  }

  @Test
  void canary_thatWasGivenUp_isRolledBack() {
    Slowdown only = new Track("a 100", "b 150").slowdowns(0).get(0);
    assertEquals(State.ROLLED_BACK, only.state());
    assertEquals(0, only.closedBy());
  }

  @Test
  void wideInterval_closesNothing() {
    Track track = new Track("a 100", "b 150", "c 150");
    Comparison wide = Levels.comparison("a", "c", 3, 40, Verdict.NOT_SHOWN);
    Slowdown only = track.findings(2).slowdowns(Map.of(new Recheck(0, 2), wide)).get(0);
    assertTrue(only.isOpen());
    assertEquals(3, only.still().estimate());
  }

  @Test
  void whatCannotBeMeasured_leavesTheFindingAsItWas() {
    Track track = new Track("a 100", "b 150", "c 150");
    Comparison few = Levels.comparison("a", "c", Double.NaN, Double.NaN, Verdict.INSUFFICIENT);
    Slowdown only = track.findings(2).slowdowns(Map.of(new Recheck(0, 2), few)).get(0);
    assertTrue(only.isOpen());
    assertEquals(50, only.still().estimate());
  }

  @Test
  void withoutRechecks_theStepsTellWhatIsLeft() {
    Track track = new Track("a 100", "b 150", "c 120", "d 100");
    Slowdown only = track.findings(3).slowdowns(Map.of()).get(0);
    assertEquals(State.TAKEN_BACK, only.state());
    assertEquals(3, only.closedBy());
  }

  private static List<State> states(List<Slowdown> slowdowns) {
    return slowdowns.stream().map(Slowdown::state).toList();
  }

  /** One period after the other. */
  private record Track(Levels levels) {
    Track(String... periods) {
      this(new Levels(List.of(periods)));
    }

    TrackFindings findings(int live) {
      return new TrackFindings(levels.steps(), live);
    }

    List<Slowdown> slowdowns(int live) {
      TrackFindings findings = findings(live);
      return findings.slowdowns(levels.answers(findings.rechecks()));
    }
  }
}
