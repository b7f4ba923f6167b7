package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.HostLoad;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where the hosts of the two sides are in different states no code is judged. */
final class HostsApartTest {
  private final Made before = new Made();
  private final Made after = new Made();

  @Test
  void preemptedHostsAfter_areHost_andNothingIsBlamed() {
    after.preempted = 0.15;
    Comparison comparison = compare();
    assertEquals(Verdict.HOST, comparison.verdict());
    assertEquals(List.of(), comparison.suspects());
    assertSays(comparison, "of the runtime's own modules were interrupted");
  }

  @Test
  void preemptedHostsBefore_areHost() {
    before.preempted = 0.15;
    assertEquals(Verdict.HOST, compare().verdict());
  }

  @Test
  void longImportsStretchedInEachStart_areNoCode() {
    before.preempted = 0.1;
    before.slowModule = "gamma.m3";
    before.slowMs = 8;
    after.preempted = 0.1;
    after.stretched = 0.3;
    after.slowModule = "gamma.m3";
    after.slowMs = 8;
    Comparison comparison = compare();
    assertTrue(
        Set.of(Verdict.HOST, Verdict.NOT_SHOWN).contains(comparison.verdict()),
        comparison::toString);
  }

  @Test
  void fewStartsOnRestlessHosts_neverCallCode() {
    before.starts = 14;
    after.starts = 14;
    before.preempted = 0.15;
    after.preempted = 0.15;
    for (int seed = 3; seed < 23; seed++) {
      Comparison comparison =
          new Verdicts(Thresholds.DEFAULT)
              .compare(before.deployment("1", seed), after.deployment("2", 100 + seed));
      assertTrue(
          Set.of(Verdict.HOST, Verdict.NOT_SHOWN, Verdict.UNCHANGED).contains(comparison.verdict()),
          comparison::toString);
    }
  }

  @Test
  void preemptedHostsOnBothSides_stillTellSlowCode() {
    before.preempted = 0.1;
    after.preempted = 0.1;
    after.slowModule = "gamma.m3";
    after.slowMs = 60;
    Comparison comparison = compare();
    assertEquals(Verdict.SLOWER, comparison.verdict(), comparison::toString);
    assertEquals("gamma.m3", comparison.suspects().get(0).name());
  }

  @Test
  void packageThatCame_isNamedOnOtherHosts_atTheirSpeed() {
    after.hostFactor = 3;
    after.newPackage = "pandas";
    Comparison comparison = compare();
    assertEquals(Verdict.HOST, comparison.verdict());
    assertEquals("pandas", comparison.suspects().get(0).name());
    assertEquals(60, comparison.suspects().get(0).cumulativeChangeMs(), 20);
    assertSays(comparison, "times as long");
  }

  @Test
  void blocksReadAfterAlone_areHost_whateverTheTimes() {
    before.host = new HostLoad(0, 1, 0);
    after.host = new HostLoad(1, 1, 45_000);
    Comparison comparison = compare();
    assertEquals(Verdict.HOST, comparison.verdict());
    assertSays(comparison, "45,000 blocks read and 1 major faults a start against 0 and 0");
  }

  @Test
  void twiceTheBlocksOfTheSameImports_areAnotherCache() {
    before.host = new HostLoad(20, 1, 45_000);
    after.host = new HostLoad(20, 1, 90_000);
    assertEquals(Verdict.HOST, compare().verdict());
  }

  @Test
  void blocksThatANewPackageReads_areCode() {
    before.host = new HostLoad(20, 1, 45_000);
    after.host = new HostLoad(25, 1, 90_000);
    after.newPackage = "pandas";
    Comparison comparison = compare();
    assertEquals(Verdict.SLOWER, comparison.verdict());
    assertEquals("pandas", comparison.suspects().get(0).name());
  }

  @Test
  void oneStartWithALike_isHost_andNoError() {
    after.hostFactor = 1.9;
    assertEquals(Verdict.HOST, compare().verdict());
  }

  @Test
  void switchesOfOneOrder_areOneState() {
    before.host = new HostLoad(0, 600, 0);
    after.host = new HostLoad(0, 1100, 0);
    assertEquals(Verdict.UNCHANGED, compare().verdict());
  }

  @Test
  void filesReadFromAColdCache_areHost_withoutAnyCounter() {
    after.readMicros = 400;
    Comparison comparison = compare();
    assertEquals(Verdict.HOST, comparison.verdict());
    assertEquals(List.of(), comparison.suspects());
    assertSays(comparison, "colder page cache");
    assertSays(swapped(), "warmer page cache");
  }

  @Test
  void someFilesReadFromAColdCache_areHost_butSlowerPackagesAreCode() {
    after.readMicros = 400;
    after.readEvery = 3;
    assertEquals(Verdict.HOST, compare().verdict());
    assertSays(swapped(), "warmer page cache");
    after.readMicros = 0;
    after.ownFactor = 1.2;
    assertEquals(Verdict.SLOWER, compare().verdict());
  }

  @Test
  void anotherTypeOfHosts_neverCallsCode() {
    for (long type = 1; type <= 20; type++) {
      after.hostType = 1000 * type;
      Verdict verdict = compare().verdict();
      assertTrue(
          Set.of(Verdict.HOST, Verdict.NOT_SHOWN, Verdict.UNCHANGED).contains(verdict),
          verdict::toString);
    }
  }

  private Comparison compare() {
    return new Verdicts(Thresholds.DEFAULT)
        .compare(before.deployment("1", 1), after.deployment("2", 2));
  }

  private Comparison swapped() {
    return new Verdicts(Thresholds.DEFAULT)
        .compare(after.deployment("1", 1), before.deployment("2", 2));
  }

  private static void assertSays(Comparison comparison, String words) {
    String notes = String.join("; ", comparison.notes());
    assertTrue(notes.contains(words), notes);
  }
}
