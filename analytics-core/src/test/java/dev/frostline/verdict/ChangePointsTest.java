package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.verdict.changes.ChangePoints;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
  @Test
  void levelShift_isFoundWhereItIs() {
    Random random = new Random(1);
    double[] values = new double[60];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i < 25 ? 100 : 110) + random.nextGaussian();
    }
    assertEquals(List.of(25), ChangePoints.inSeries(values));
  }

  @Test
  void history_withOneSlowerImportFromSomewhereOn_isCutThere() {
    Made slower = new Made();
    slower.slowModule = "alpha.m2";
    slower.slowMs = 8;
    List<TimedStart> starts = new ArrayList<>(new Made().deployment("$LATEST", 1).starts());
    Deployment later = slower.deployment("$LATEST", 2);
    starts.addAll(later.starts());
    List<ChangePoints.Found> found =
        new ChangePoints(Thresholds.DEFAULT).inStarts(later.with(starts));
    assertEquals(1, found.size());
    assertEquals(20, found.get(0).firstStart(), 1);
    assertEquals("alpha.m2", found.get(0).comparison().suspects().get(0).name());
  }
}
