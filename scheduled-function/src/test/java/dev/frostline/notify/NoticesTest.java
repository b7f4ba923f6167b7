package dev.frostline.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final Instant SINCE = Instant.parse("2026-11-20T08:00:00Z");
  private static final FindingEvent OPEN = Made.event("opened", "checkout-api", "42", SINCE);
  private static final FindingEvent BACK =
      Made.event("taken_back", "checkout-api", "42", SINCE, "deployment", "44");

  private List<Told> told = List.of();
  private Instant now = Made.MONDAY;
  private Coverage coverage = Coverage.ALL;
  private final List<String> said = new ArrayList<>();

  @Test
  void finding_isToldOnce_andOnceWhenItIsOver() {
    look(OPEN);
    look(OPEN);
    look(BACK);
    look(BACK);
    passes(Duration.ofHours(25));
    look(BACK);
    look(BACK);
    assertEquals(List.of("opened 42", "taken_back 42"), said);
  }

  /** What changes its mind from look to look is told once as what it was first. */
  @Test
  void flapping_saysNothing() {
    look(OPEN);
    for (int i = 0; i < 48; i++) {
      passes(Duration.ofHours(1));
      look(i % 2 == 0 ? BACK : OPEN);
      look();
    }
    assertEquals(List.of("opened 42"), said);
  }

  @Test
  void rollback_isToldAtOnce_andWhatComesAgainTooWhenItStays() {
    look(OPEN);
    look(Made.event("rolled_back", "checkout-api", "42", SINCE, "deployment", "41"));
    FindingEvent again =
        Made.event("opened", "checkout-api", "42", SINCE.plus(Duration.ofDays(10)));
    look(Made.event("rolled_back", "checkout-api", "42", SINCE, "deployment", "41"), again);
    assertEquals(List.of("opened 42", "rolled_back 42", "opened 42"), said);
  }

  /** A sync reads the last days of the functions that changed, and no more. */
  @Test
  void findingThatNobodyLookedAt_staysAsItWasTold() {
    look(OPEN);
    passes(Duration.ofHours(25));
    LocalDate later = LocalDate.parse("2026-11-21");
    String function = OPEN.account() + "/" + OPEN.region() + "/" + OPEN.function();
    for (Coverage some : List.of(Coverage.NONE, new Coverage(Set.of(function), later))) {
      coverage = some;
      look();
      passes(Duration.ofHours(25));
      look();
    }
    assertEquals(List.of("opened 42"), said);
    coverage = new Coverage(Set.of(function), later.minusDays(1));
    look();
    passes(Duration.ofHours(25));
    look();
    assertEquals(List.of("opened 42", "withdrawn 42"), said);
  }

  @Test
  void findingThatNoLongerShows_isWithdrawn_andForgottenLater() {
    look(OPEN);
    look();
    passes(Duration.ofHours(25));
    look();
    assertEquals(List.of("opened 42", "withdrawn 42"), said);
    passes(Duration.ofDays(91));
    look();
    assertEquals(List.of(), told);
  }

  /** What nothing names is found a day further on when more cold starts are there. */
  @Test
  void shiftThatMoves_isTheSameOne() {
    look(shift("$LATEST@2026-11-18T08:00:00Z"));
    look(shift("$LATEST@2026-11-19T10:30:00Z"));
    look(shift("$LATEST@2026-11-29T10:30:00Z"));
    assertEquals(
        List.of("opened $LATEST@2026-11-18T08:00:00Z", "opened $LATEST@2026-11-29T10:30:00Z"),
        said);
  }

  @Test
  void releasesNamedWithAnAt_areEachTheirOwn() {
    look(Made.event("opened", "f", "release@1", SINCE));
    look(
        Made.event("opened", "f", "release@1", SINCE),
        Made.event("opened", "f", "release@2", SINCE.plus(Duration.ofDays(1))));
    assertEquals(List.of("opened release@1", "opened release@2"), said);
  }

  @Test
  void receiverThatIsNeverReached_isGivenUpAfterAWeek() {
    Notices first = new Notices(now, coverage, event -> List.of("slack env:A"));
    told = first.next(told, List.of(OPEN), List.of(OPEN));
    assertEquals(List.of("slack env:A"), told.get(0).waiting());
    passes(Duration.ofDays(8));
    look(OPEN);
    assertEquals(List.of(), told.get(0).waiting());
  }

  private static FindingEvent shift(String after) {
    Instant since = Instant.parse(after.substring("$LATEST@".length()));
    return Made.event("opened", "f", after, since, "shift", null);
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }

  private void look(FindingEvent... known) {
    List<FindingEvent> open =
        List.of(known).stream().filter(one -> one.event().equals("opened")).toList();
    Notices notices = new Notices(now, coverage, event -> List.of("slack env:A"));
    List<Told> next = notices.next(told, List.of(known), open);
    List<Told> reached = new ArrayList<>();
    for (Told one : next) {
      boolean isNew = one.at().equals(now.toString()) && !one.waiting().isEmpty();
      if (isNew) {
        said.add(one.event().event() + " " + one.event().after());
      }
      reached.add(one.waitingFor(List.of()));
    }
    told = reached;
    passes(Duration.ofMinutes(1));
  }
}
