package dev.frostline.page;

import dev.frostline.verdict.Judge;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Works in the background on what takes seconds, one question at a time, and remembers verdicts
 * from one state of the store to the next: pages show their tables meanwhile.
 */
final class BackgroundJudge implements AutoCloseable {
  private final Judge judge = Judge.remembering(Thresholds.DEFAULT);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "judge");
            thread.setDaemon(true);
            return thread;
          });

  /** Who compares deployments. */
  Judge judge() {
    return judge;
  }

  /** Answers when it is that question's turn; never for a state that nobody reads any more. */
  <T> CompletableFuture<T> work(Snapshot snapshot, Snapshot.Work<T> work) {
    Snapshot held = snapshot.shared();
    CompletableFuture<T> answer = new CompletableFuture<>();
    thread.execute(
        () -> {
          try (held) {
            if (held.isOutdated()) {
              answer.cancel(false);
            } else {
              answer.complete(held.with(work));
            }
          } catch (Throwable e) { // whatever it is, who waits must hear of it
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
