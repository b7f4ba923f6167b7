package dev.frostline.page.sql;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One {@link SqlWorker} under limits of the operating system, started when it is first needed and
 * again after it was ended. Its environment is empty: no credentials, no proxies, no options.
 */
final class SqlProcess implements AutoCloseable {
  private static final int CANNOT_LIMIT = 97;

  /**
   * Sets the limits on itself, then becomes the JVM: no process ever runs without them. Views come
   * before statements, so it gets less of the processor.
   */
  private static final String LIMITED =
      "ulimit -v \"$1\" && ulimit -f \"$2\" && ulimit -c 0 || exit "
          + CANNOT_LIMIT
          + "; shift 2; exec nice -n 10 \"$@\"";

  private static final int MOST_REPLY_BYTES = 64 << 20;

  /** Room for DuckDB's library, which the driver unpacks, in blocks of 512 bytes. */
  private static final int FILE_BLOCKS = 200_000;

  private static final long PATIENCE_MILLIS = 1000;
  private static final long START_MILLIS = 30_000;
  private final SqlLimits limits;
  private final Path folder;
  private @Nullable Process process;
  private @Nullable Process greeted;
  private volatile boolean cancelled;

  SqlProcess(SqlLimits limits, Path folder) {
    this.limits = limits;
    this.folder = folder;
  }

  /** Starts the process if there is none, so that the next request need not wait for it. */
  synchronized Process ready() throws IOException {
    Process running = process;
    if (running == null || !running.isAlive()) {
      running = start();
      process = running;
    }
    return running;
  }

  /** Runs one statement; a process that gives no answer in time does not live on. */
  SqlReply ask(SqlRequest request) {
    cancelled = false;
    long begin = System.nanoTime();
    try {
      Process running = ready();
      if (running != greeted) {
        within(START_MILLIS, () -> input(running).readInt());
        greeted = running;
      }
      begin = System.nanoTime();
      return within(
          limits.deadline().toMillis() + PATIENCE_MILLIS, () -> exchange(running, request));
    } catch (TimeoutException e) {
      return ended("Stopped after " + limits.deadline().toSeconds() + " s.", begin);
    } catch (ExecutionException | IOException e) {
      return ended(
          process == greeted
              ? "It needed more memory than a statement may have here."
              : "The process that runs statements did not start. Use frostline sql.",
          begin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended("Frostline is ending.", begin);
    }
  }

  /** Ends the statement that runs now, whatever it does. */
  void cancel() {
    cancelled = true;
    close();
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private SqlReply ended(String reason, long begin) {
    close();
    boolean unlimited = exitCode() == CANNOT_LIMIT;
    String problem =
        cancelled
            ? "Cancelled."
            : unlimited
                ? "This system cannot limit a process's memory, so the page runs no SQL. Use"
                    + " frostline sql."
                : reason;
    return SqlReply.failed(problem, (System.nanoTime() - begin) / 1_000_000);
  }

  private synchronized int exitCode() {
    try {
      return process == null || !process.waitFor(1, TimeUnit.SECONDS) ? 0 : process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** What the process says, unless it takes longer; waiting is left to a thread of its own. */
  private static <T> T within(long millis, Callable<T> talk)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<T> answer = new FutureTask<>(talk);
    Thread thread = new Thread(answer, "sql");
    thread.setDaemon(true);
    thread.start();
    return answer.get(millis, TimeUnit.MILLISECONDS);
  }

  private static DataInputStream input(Process running) {
    return new DataInputStream(running.getInputStream());
  }

  private static SqlReply exchange(Process running, SqlRequest request) throws IOException {
    byte[] bytes = SqlWorker.JSON.writeValueAsBytes(request);
    DataOutputStream out = new DataOutputStream(running.getOutputStream());
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
    DataInputStream in = input(running);
    int length = in.readInt();
    if (length < 0 || length > MOST_REPLY_BYTES) {
      throw new IOException("A reply of " + length + " bytes");
    }
    return SqlWorker.JSON.readValue(in.readNBytes(length), SqlReply.class);
  }

  private Process start() throws IOException {
    List<String> command =
        List.of(
            "/bin/sh",
            "-c",
            LIMITED,
            "sh",
            String.valueOf(limits.processMb() * 1024),
            String.valueOf(FILE_BLOCKS),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:CompressedClassSpaceSize=24m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            SqlWorker.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
