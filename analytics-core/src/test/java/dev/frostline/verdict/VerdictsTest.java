package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.changes.PatchShifts;
import dev.frostline.verdict.changes.Stretches;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
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
    assertEquals(List.of("memory changed: 1024 MB → 512 MB"), comparison.notes());
  }

  @Test
  void newPackageUnderOtherMemory_isMixed_withBothNumbers() {
    made.configuration =
        new Configuration("python3.13", "python:3.13.v1", "x86_64", 512, null, "on-demand");
    made.newPackage = "pandas";
    made.ownFactor = 1.5;
    Comparison comparison = compare(made);
    assertEquals(Verdict.MIXED, comparison.verdict());
    assertEquals("pandas", comparison.suspects().get(0).name());
    assertTrue(
        comparison.changeMs().low() > 10 && comparison.changeMs().high() < 20,
        comparison.changeMs()::toString);
    assertTrue(
        comparison.notes().get(1).startsWith("everything else, with the configuration: +"),
        comparison.notes()::toString);
  }

  @Test
  void initThatNoImportAccountsFor_isASuspect() {
    made.outsideMs = 90;
    Comparison comparison = compare(made);
    assertEquals(Verdict.SLOWER, comparison.verdict());
    assertEquals("(outside imports)", comparison.suspects().get(0).name());
    assertEquals(60, comparison.changeMs().estimate(), 10);
  }

  @Test
  void patchUnderOneDeployment_thatSlowsItDown_isThePlatforms() {
    Made patched = new Made();
    patched.configuration =
        new Configuration("python3.13", "python:3.13.v2", "x86_64", 1024, null, "on-demand");
    assertEquals(List.of(), shiftsUnder(patched));
    patched.outsideMs = 90;
    Comparison comparison = shiftsUnder(patched).get(0).comparison();
    assertEquals(Verdict.PLATFORM, comparison.verdict());
    assertEquals("7@python:3.13.v2", comparison.after().deployment());
  }

  private List<DatedComparison> shiftsUnder(Made patched) {
    Deployment before = new Made().deployment("7", 1);
    List<TimedStart> starts = new ArrayList<>(before.starts());
    starts.addAll(patched.deployment("7", 2).starts());
    return new PatchShifts(verdicts).within(Stretches.undivided(before.with(starts)));
  }

  @Test
  void changeSeenOnOneDay_doesNotPersistYet() {
    made.slowModule = "beta.m1";
    made.slowMs = 9;
    made.starts = 5;
    assertEquals(1, compare(made).after().days());
    assertFalse(compare(made).persists());
    made.starts = 60;
    assertTrue(compare(made).persists());
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
    ImportNames otherNumbers = new ImportNames();
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
