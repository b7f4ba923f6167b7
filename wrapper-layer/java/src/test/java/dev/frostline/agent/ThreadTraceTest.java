package dev.frostline.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rows from what enters and leaves, in the nanoseconds of a made-up clock. */
final class ThreadTraceTest {
  private final ThreadTrace trace = new ThreadTrace(100, null);

  @Test
  void nestedRuns_giveTheParentLastAndWithoutItsChildren() {
    trace.enter(2, 0);
    trace.enter(3, 500);
    trace.exit(3, 700);
    trace.exit(2, 1000);
    assertRows(trace.take(1000), new int[] {3, 2}, new long[] {200, 800}, new long[] {200, 1000});
  }

  @Test
  void shortRuns_areOneSum_butTheHandlers() {
    trace.enter(2, 0);
    trace.enter(3, 10);
    trace.exit(3, 30);
    trace.exit(2, 90);
    trace.enter(ThreadTrace.lasting(4), 100);
    trace.exit(ThreadTrace.lasting(4), 101);
    ThreadTrace.Rows rows = trace.take(200);
    assertRows(rows, new int[] {-4}, new long[] {1}, new long[] {1});
    assertEquals(2, rows.smallCount);
    assertEquals(90, rows.smallNanos);
  }

  @Test
  void runsLeftOpenByAnException_endWithTheOneAround() {
    trace.enter(2, 0);
    trace.enter(3, 100);
    trace.exit(2, 400);
    assertRows(trace.take(400), new int[] {3, 2}, new long[] {300, 100}, new long[] {300, 400});
  }

  @Test
  void takingWhileItRuns_splitsTheTime() {
    trace.enter(2, 0);
    assertRows(trace.take(300), new int[] {2}, new long[] {300}, new long[] {300});
    trace.exit(2, 1000);
    assertRows(trace.take(1000), new int[] {2}, new long[] {700}, new long[] {700});
  }

  @Test
  void ownWork_isNobodys() {
    trace.enter(2, 0);
    trace.own(400);
    trace.exit(2, 1000);
    assertRows(trace.take(1000), new int[] {2}, new long[] {600}, new long[] {600});
  }

  @Test
  void pause_isARowOfWhatRanInnermost() {
    long[] paused = {0};
    ThreadTrace paces = new ThreadTrace(100, () -> paused[0]);
    paces.enter(2, 1_000_000);
    paused[0] = 300_000;
    paces.enter(3, 2_000_000);
    paces.enter(4, 2_100_000);
    paces.exit(4, 2_200_000);
    paused[0] = 99_999;
    paces.exit(3, 3_000_000);
    paused[0] = 200_000;
    paces.exit(2, 4_000_000);
    assertRows(
        paces.take(4_000_001),
        new int[] {0, 4, 3, 0, 2},
        new long[] {300_000, 100_000, 900_000, 200_000, 2_000_000},
        new long[] {300_000, 100_000, 1_000_000, 200_000, 3_000_000});
  }

  private static void assertRows(ThreadTrace.Rows rows, int[] ids, long[] self, long[] whole) {
    assertArrayEquals(ids, Arrays.copyOf(rows.ids, rows.count));
    assertArrayEquals(self, Arrays.copyOf(rows.self, rows.count));
    assertArrayEquals(whole, Arrays.copyOf(rows.whole, rows.count));
  }
}
