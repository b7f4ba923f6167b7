package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private final Verdicts verdicts = new Verdicts(Thresholds.DEFAULT);
  private final Made made = new Made();

  @Test
  void sameCode_isUnchanged_andNobodyIsSuspected() {
    Comparison comparison = compare(new Made());
    assertEquals(Verdict.UNCHANGED, comparison.verdict());
    assertEquals(List.of(), comparison.suspects());
  }

  @Test
  void oneSlowImport_isSlower_andNamedFirst() {
    made.slowModule = "gamma.m3";
    made.slowMs = 5;
    Comparison comparison = compare(made);
    assertEquals(Verdict.SLOWER, comparison.verdict());
    assertEquals("gamma.m3", comparison.suspects().get(0).name());
    assertEquals(5, comparison.changeMs().estimate(), 0.7);
  }

  @Test
  void changeBelowTheFloor_isUnchanged_butShown() {
    made.slowModule = "beta.m0";
    made.slowMs = 1.2;
    Comparison comparison = compare(made);
    assertEquals(Verdict.UNCHANGED, comparison.verdict());
    assertEquals("beta.m0", comparison.suspects().get(0).name());
  }

  @Test
  void newPackage_isOneSuspect() {
    made.newPackage = "pandas";
    Comparison comparison = compare(made);
    assertEquals(Verdict.SLOWER, comparison.verdict());
    assertEquals(1, comparison.suspects().size());
    assertEquals("pandas", comparison.suspects().get(0).name());
    assertEquals(Change.NEW, comparison.suspects().get(0).change());
  }

  @Test
  void packageMadeLazy_isMoved() {
    Made before = new Made();
    before.newPackage = "pandas";
    made.newPackage = "pandas";
    made.lazy = true;
    Comparison comparison = verdicts.compare(before.deployment("1", 1), made.deployment("2", 2));
    assertEquals(Verdict.MOVED, comparison.verdict());
    assertEquals(Change.MOVED, comparison.suspects().get(0).change());
  }

  @Test
  void everyOwnImportSlower_isNamedAsEverything() {
    made.ownFactor = 2;
    Comparison comparison = compare(made);
    assertEquals(Verdict.SLOWER, comparison.verdict());
    assertEquals("(every import)", comparison.suspects().get(0).name());
    assertTrue(
        comparison.notes().get(0).startsWith("everything got slower"),
        comparison.notes()::toString);
  }

  @Test
  void otherMemorySize_isConfiguration() {
    made.configuration =
        new Configuration("python3.13", "python:3.13.v1", "x86_64", 512, null, "on-demand");
    made.slowModule = "beta.m1";
    made.slowMs = 50;
    Comparison comparison = compare(made);
    assertEquals(Verdict.CONFIGURATION, comparison.verdict());
    assertEquals(List.of("memory changed: 1024 MB -> 512 MB"), comparison.notes());
  }

  @Test
  void fewStarts_areInsufficient_andSayHowManyAreNeeded() {
    made.starts = 3;
    Comparison comparison = compare(made);
    assertEquals(Verdict.INSUFFICIENT, comparison.verdict());
    assertEquals(2, comparison.needed());
  }

  @Test
  void orderOfRows_changesNothing() {
    made.slowModule = "alpha.m7";
    made.slowMs = 4;
    Comparison straight = compare(made);
    Names otherNumbers = new Names();
    made.shuffled = true;
    Deployment after = made.deployment("2", 2, otherNumbers);
    assertEquals(straight, verdicts.compare(new Made().deployment("1", 1, otherNumbers), after));
  }

  @Test
  void correction_neverLowersAndKeepsOrder() {
    made.slowModule = "alpha.m7";
    made.slowMs = 4;
    List<Comparison> corrected = Verdicts.correct(List.of(compare(new Made()), compare(made)));
    assertTrue(corrected.get(0).q() >= corrected.get(0).p());
    assertTrue(corrected.get(1).q() < 0.01);
  }

  private Comparison compare(Made after) {
    return verdicts.compare(new Made().deployment("1", 1), after.deployment("2", 2));
  }
}
