package dev.frostline.verdict.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.verdict.timeline.TrackTimeline.Baseline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  private static final int ENOUGH = 5;

  @ParameterizedTest
  @CsvSource({
    "one after the other,              a*30 b*30,                    a30 b30",
    "back to the first one,            a*30 b*30 a*30,               a30 b30 a30",
    "back twice,                       a*9 b*9 a*9 b*9 a*9,          a9 b9 a9 b9 a9",
    "back after a few bad starts,      a*30 b*8 a*30,                a30 b8 a30",
    "back and then on to a third,      a*30 b*8 a*10 c*8,            a30 b8 a10 c8",
    "back just now,                    a*30 b*30 a*3,                a30 b30 a3",
    "one start of the old one after,   a*30 b*20 a b*20,             a31 b40",
    "the last start is of the old one, a*30 b*30 a,                  a31 b30",
    "two starts of the new one,        a*30 b*2 a*30,                a60 b2",
    "mixed while it is deployed,       a*30 a b a b b a b*30,        a33 b33",
    "thin in between,                  a*30 b*2 c*30,                a30 b2 c30",
  })
  void periods_areStretchesInWhichNothingElseTookThePlace(
      String what, String history, String expected) {
    assertEquals(expected, periods(Served.latest(history)), what);
  }

  @Test
  void canaries_ofEveryWeight_hardlyEverFlap() {
    int flapped = 0;
    for (double weight : new double[] {0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9}) {
      for (int seed = 0; seed < 50; seed++) {
        flapped += Timeline.of(canary(weight, seed)).main().periods().size() > 2 ? 1 : 0;
      }
    }
    assertTrue(flapped <= 2, flapped + " of 400 canaries of 400 starts");
  }

  @Test
  void canary_andWhatItStandsBeside_areBothLiveAndComparedOnce() {
    TrackTimeline<Served> track = track("a*30 a*9 b a*9 b a*9 b a*9");
    assertEquals("b a", live("a*30 a*9 b a*9 b a*9 b a*9"));
    assertEquals("a", baseline(track, 1));
    assertNull(track.baseline(track.periods().get(0), TimelineTest::canBeJudged));
  }

  @Test
  void canary_thatWasGivenUp_isNeitherLiveNorABaseline() {
    String history = "a*30 b a*3 b a*3 b a*3 b a*3 b a*3 b a*40 c*10";
    assertEquals("c", live(history));
    assertEquals("a", baseline(track(history), 2));
  }

  @Test
  void baseline_ofSeveralThatServe_isTheNewest() {
    assertEquals("b", baseline(track("a*30 b*6 a*4 b*6 a*4 b*6 a*4 c*10"), 2));
  }

  @Test
  void baseline_skipsWhatCannotBeJudgedAndTellsIt() {
    assertEquals("a skipped b2 c1", baseline(track("a*30 b*2 c d*30"), 3));
    assertEquals("b", baseline(track("a*2 b*2 c*30"), 2), "nothing could be judged");
  }

  @Test
  void baseline_isNeverTheSameDeployment() {
    TrackTimeline<Served> track = track("a*30 b c d e f g a*30");
    assertEquals("a30 b1 c1 d1 e1 f1 g1 a30", periods(track));
    assertNull(track.baseline(track.periods().get(7), TimelineTest::canBeJudged));
  }

  @Test
  void live_afterARollback_isTheOldOneAlone() {
    assertEquals("a", live("a*30 b*30 a*30"));
    assertEquals("a", live("a*30 b*30 a*2"));
    assertEquals("b a", live("a*30 b"), "one start may be a canary's");
  }

  @Test
  void live_needsAStartInTheLastSevenDaysOfTheData() {
    List<Served> starts = new ArrayList<>(Served.latest("dev*30"));
    Served.published("1*30").forEach(one -> starts.add(one.later(24 * 7 + 40)));
    Timeline<Served> timeline = Timeline.of(starts);
    assertEquals(List.of(), timeline.live(timeline.tracks().get(1)));
    assertEquals("1", names(timeline.live(timeline.main())));
  }

  @ParameterizedTest
  @CsvSource({
    "the same on both sides,  a*30 ? a*30 b*30,  a61 b30, 0",
    "another on each side,    a*30 ? b*30,       a30 b30, 1",
    "several in a row,        a*30 ? ? ? a b*30, a34 b30, 0",
    "nothing before,          ? a*30,            a30,     1",
    "nothing after,           a*30 ? ?,          a30,     2",
    "nobody ever told,        ?*30,              $LATEST30, 0",
  })
  void unknownStart_isItsNeighboursOrNobodys(
      String what, String history, String expected, int unknown) {
    TrackTimeline<Served> track = track(history);
    assertEquals(expected, periods(track), what);
    assertEquals(unknown, track.unknownStarts(), what);
  }

  @Test
  void tracks_areComparedWithinThemselves() {
    List<Served> starts = new ArrayList<>(Served.latest("dev0*15 dev1*15"));
    Served.published("41*15 42*15").forEach(one -> starts.add(one.later(0)));
    Timeline<Served> timeline = Timeline.of(starts);
    assertEquals(Track.PUBLISHED, timeline.main().track(), "equally busy");
    assertEquals("4115 4215", periods(timeline.main()));
    assertEquals("dev015 dev115", periods(timeline.tracks().get(1)));
    starts.addAll(Served.latest("dev2*3").stream().map(one -> one.later(30)).toList());
    assertEquals(Track.LATEST, Timeline.of(starts).main().track());
  }

  @Test
  void latestPublished_isATrackWithDeploymentsOfItsOwn() {
    List<Served> starts =
        Served.latest("v1*9 v2*9").stream()
            .map(
                one ->
                    new Served(
                        one.id(), one.startedAtMicros(), "$LATEST.PUBLISHED", one.deployment()))
            .toList();
    assertEquals(Track.LATEST_PUBLISHED, Timeline.of(starts).main().track());
    assertEquals("v19 v29", periods(starts));
  }

  @Test
  void order_isTimeAndNumbersDecideTiesAlone() {
    assertEquals("3010202630 0211202630", periods(Served.latest("30102026*30 02112026*30")));
    assertEquals("78 69", periods(Served.published("7*8 6*9")), "an alias went back for good");
    List<Served> together = List.of(new Served(1, 0, "10", "10"), new Served(2, 0, "9", "9"));
    assertEquals("91 101", periods(together));
  }

  @Test
  void order_ofRows_neverMatters() {
    List<Served> starts = new ArrayList<>(canary(0.3, 1));
    String expected = periods(starts);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(starts, new Random(seed));
      assertEquals(expected, periods(starts));
    }
  }

  @Test
  void everyKnownStart_isInExactlyOnePeriod() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      StringBuilder history = new StringBuilder("a");
      for (int i = 0; i < 12; i++) {
        history.append(' ').append((char) ('a' + random.nextInt(3))).append('*');
        history.append(1 + random.nextInt(15));
      }
      List<Served> starts = Served.latest(history.toString());
      List<Served> there = new ArrayList<>();
      track(history.toString()).periods().forEach(period -> there.addAll(period.starts()));
      there.sort(ServedStart.ORDER);
      assertEquals(starts, there, history.toString());
    }
  }

  /** Thirty of the old one alone, 400 of both by chance, thirty of the new one alone. */
  private static List<Served> canary(double weight, int seed) {
    Random random = new Random(seed);
    StringBuilder history = new StringBuilder("a*30 b");
    for (int i = 0; i < 400; i++) {
      history.append(random.nextDouble() < weight ? " b" : " a");
    }
    return Served.latest(history.append(" b*30").toString());
  }

  private static boolean canBeJudged(LivePeriod<Served> period) {
    return period.starts().size() >= ENOUGH;
  }

  private static TrackTimeline<Served> track(String history) {
    return Timeline.of(Served.latest(history)).main();
  }

  private static String baseline(TrackTimeline<Served> track, int of) {
    Baseline<Served> found =
        Objects.requireNonNull(track.baseline(track.periods().get(of), TimelineTest::canBeJudged));
    String skipped = found.skipped().isEmpty() ? "" : " skipped " + sized(found.skipped());
    return found.period().deployment() + skipped;
  }

  private static String live(String history) {
    Timeline<Served> timeline = Timeline.of(Served.latest(history));
    return names(timeline.live(timeline.main()));
  }

  private static String periods(List<Served> starts) {
    return periods(Timeline.of(starts).main());
  }

  private static String periods(TrackTimeline<Served> track) {
    return sized(track.periods());
  }

  private static String sized(List<LivePeriod<Served>> periods) {
    return periods.stream()
        .map(period -> period.deployment() + period.starts().size())
        .collect(Collectors.joining(" "));
  }

  private static String names(List<LivePeriod<Served>> periods) {
    return periods.stream().map(LivePeriod::deployment).collect(Collectors.joining(" "));
  }
}
