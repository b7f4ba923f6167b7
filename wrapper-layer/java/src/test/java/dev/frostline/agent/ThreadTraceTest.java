package dev.frostline.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rows from what enters and leaves, in the nanoseconds of a made-up clock. */
final class ThreadTraceTest {
  private final ThreadTrace trace = new ThreadTrace(100);

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

  private static void assertRows(ThreadTrace.Rows rows, int[] ids, long[] self, long[] whole) {
    assertArrayEquals(ids, Arrays.copyOf(rows.ids, rows.count));
    assertArrayEquals(self, Arrays.copyOf(rows.self, rows.count));
    assertArrayEquals(whole, Arrays.copyOf(rows.whole, rows.count));
  }
}
