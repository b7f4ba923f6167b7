package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.verdict.MadeHistories.Served;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens to a function that nobody deploys is told as what it is, and spoils no deployment.
 */
final class LevelShiftsTest {
  private static final Configuration ARM =
      new Configuration("python3.13", "python:3.13.v1", "arm64", 1024, null, "on-demand");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void importThatGotSlower_withoutADeployment_isAShift_andStaysOpen(long seed) {
    MadeHistories made = new MadeHistories(seed);
    made.function("api").days(12).add("lib3.m9", 12).days(12);
    Answer answer = answer(made);
    Comparison shift = only(findings(answer, "api"));
    assertEquals(Kind.SHIFT, shift.kind());
    assertEquals(Verdict.SLOWER, shift.verdict());
    assertEquals(12, shift.changeMs().estimate(), 2);
    assertEquals("lib3.m9", shift.suspects().get(0).name());
    assertEquals(12, daysOf(shift), 0.5);
    assertTrue(shift.notes().get(0).startsWith("nothing was deployed"), shift.notes().toString());
    FindingLife open = answer.open().get(0);
    assertEquals(shift.after(), open.opening().after());
    assertEquals("41", open.live());
    assertEquals(
        shift,
        new Judge(Thresholds.DEFAULT)
            .explain(made, query("api"), shift.before().deployment(), shift.after().deployment()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void deploymentsBesideAShift_areHeldAgainstWhatLiesNextToThem(long seed) {
    MadeHistories made = new MadeHistories(seed);
    Served api = made.function("api").days(10).add("lib2.m20", 25).days(10);
    api.version = "42";
    api.days(4);
    api.version = "43";
    api.add("newthing", 30).days(8).add("lib2.m20", -25).days(8);
    api.version = "44";
    api.days(3);
    List<Comparison> all = answer(made).comparisons();
    assertEquals(
        List.of(
            "SHIFT 41 SLOWER 25",
            "DEPLOYMENT 42 UNCHANGED 0",
            "DEPLOYMENT 43 SLOWER 30",
            "SHIFT 43 FASTER -25",
            "DEPLOYMENT 44 UNCHANGED 0"),
        all.stream().map(LevelShiftsTest::words).toList());
    Comparison second = all.get(1);
    assertEquals(Instant.EPOCH, second.before().since());
    assertTrue(
        second.notes().toString().contains("left out: 41 before"), second.notes().toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shiftThatWentAgain_isOver_andWhatADeploymentBroughtIsNot(long seed) {
    MadeHistories made = new MadeHistories(seed);
    Served api = made.function("api").days(5);
    api.version = "42";
    api.add("newthing", 30).days(8).add("lib2.m20", 25).days(8).add("lib2.m20", -25).days(8);
    List<FindingLife> open = answer(made).open();
    assertEquals(List.of("42"), open.stream().map(FindingLife::openedBy).toList());
    assertEquals(30, open.get(0).still().estimate(), 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void memoryAndHostsThatChanged_areNoCode(long seed) {
    MadeHistories made = new MadeHistories(seed);
    Served resized = made.function("resized").days(8);
    resized.configuration =
        new Configuration("python3.13", "python:3.13.v1", "x86_64", 512, null, "on-demand");
    resized.hosts = 2;
    resized.days(8);
    Served moved = made.function("moved").days(8);
    moved.hosts = 1.5;
    moved.days(8);
    Answer answer = answer(made);
    assertEquals(Verdict.CONFIGURATION, only(findings(answer, "resized")).verdict());
    assertEquals(
        "memory changed: 1024 MB → 512 MB", only(findings(answer, "resized")).notes().get(0));
    Comparison hosts = only(all(answer, "moved"));
    assertEquals(Kind.SHIFT, hosts.kind());
    assertTrue(
        Set.of(Verdict.HOST, Verdict.BROAD).contains(hosts.verdict()), hosts.verdict().toString());
    assertEquals(List.of(), answer.open());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatManyShare_isSaidOnceInTheSameWords_andBlamesNoDeployment(long seed) {
    MadeHistories made = new MadeHistories(seed);
    for (int i = 0; i < 18; i++) {
      Served one = made.function((i < 9 ? "arm" : "x86") + i);
      one.configuration = i < 9 ? ARM : one.configuration;
      one.traced = i % 3 > 0;
      one.startsADay = 10;
      one.days(9 + i % 3);
      one.outsideMs += i < 9 ? 0.15 * (one.importsMs() + one.outsideMs) : 0;
      one.version = i == 0 || i == 1 || i == 3 ? "42" : "41";
      one.outsideMs += i == 3 ? 0.4 * (one.importsMs() + one.outsideMs) : 0;
      one.days(9);
    }
    Answer answer = answer(made);
    Set<String> said =
        answer.comparisons().stream()
            .filter(one -> one.verdict() == Verdict.PLATFORM)
            .map(one -> one.notes().get(0))
            .collect(Collectors.toSet());
    assertEquals(1, said.size(), said.toString());
    String words = said.iterator().next();
    assertTrue(
        words.startsWith("6 of 6 functions with arm64 that nobody deployed moved by +1"), words);
    assertEquals(Kind.DEPLOYMENT, only(all(answer, "arm0")).kind());
    assertEquals(Kind.DEPLOYMENT, only(all(answer, "arm1")).kind());
    Comparison more = only(findings(answer, "arm3"));
    assertEquals(Verdict.SLOWER, more.verdict());
    assertTrue(more.notes().get(0).contains("are the platform's: " + words), more.notes().get(0));
    assertEquals(
        List.of("arm3"), answer.open().stream().map(life -> life.opening().function()).toList());
    assertEquals(
        8, answer.comparisons().stream().filter(one -> one.verdict() == Verdict.PLATFORM).count());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatNothingHappenedTo_doesNotShift(long seed) {
    MadeHistories made = new MadeHistories(seed);
    for (int i = 0; i < 20; i++) {
      Served one = made.function("f" + i);
      one.startsADay = 2 + i;
      one.traced = i % 4 > 0;
      one.days(6 + 2 * i);
    }
    assertEquals(List.of(), answer(made).comparisons());
  }

  private static String words(Comparison one) {
    return one.kind()
        + " "
        + one.after().deployment().split("@", 2)[0]
        + " "
        + one.verdict()
        + " "
        + 5 * Math.round(one.changeMs().estimate() / 5);
  }

  private static double daysOf(Comparison one) {
    return ChronoUnit.HOURS.between(Instant.EPOCH, one.after().since()) / 24.0;
  }

  private static Answer answer(MadeHistories made) {
    return new Judge(Thresholds.DEFAULT).answer(made, Query.ALL);
  }

  private static Query query(String function) {
    return new Query(null, null, function, null, null, true);
  }

  private static List<Comparison> all(Answer answer, String function) {
    return answer.comparisons().stream().filter(one -> one.function().equals(function)).toList();
  }

  private static List<Comparison> findings(Answer answer, String function) {
    return all(answer, function).stream().filter(one -> one.verdict().isFinding()).toList();
  }

  private static Comparison only(List<Comparison> all) {
    assertEquals(1, all.size(), all.toString());
    return all.get(0);
  }
}
