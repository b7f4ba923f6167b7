package dev.frostline.page.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where statements of the page are handed in: two run at a time, eight wait, more are sent away.
 * Whoever waits too long is sent away as well: a connection without an answer is cut after a
 * minute.
 */
public final class SqlDesk implements AutoCloseable {
  private static final int AT_A_TIME = 2;
  private static final int WAITING = 8;
  private static final long WAITING_SECONDS = 20;
  private final List<SqlProcess> all = new ArrayList<>();
  private final BlockingQueue<SqlProcess> free = new ArrayBlockingQueue<>(AT_A_TIME);
  private final Semaphore places = new Semaphore(AT_A_TIME + WAITING);
  private final Map<String, SqlProcess> running = new ConcurrentHashMap<>();

  /**
   * @param folder for the processes' files; the owner removes it
   */
  public SqlDesk(Path folder) throws IOException {
    for (int i = 0; i < AT_A_TIME; i++) {
      SqlProcess process =
          new SqlProcess(SqlLimits.DEFAULT, Files.createDirectories(folder.resolve("sql-" + i)));
      all.add(process);
      free.add(process);
    }
  }

  /**
   * Runs a statement.
   *
   * @param run a name by which {@link #cancel} finds it
   * @throws BusyException when too many wait already
   */
  public SqlReply run(String run, SqlRequest request) throws BusyException {
    if (!places.tryAcquire()) {
      throw new BusyException();
    }
    try {
      SqlProcess process = free.poll(WAITING_SECONDS, TimeUnit.SECONDS);
      if (process == null) {
        throw new BusyException();
      }
      running.put(run, process);
      try {
        return process.ask(request);
      } finally {
        running.remove(run);
        free.add(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SqlReply.failed("Frostline is ending.", 0);
    } finally {
      places.release();
    }
  }

  /** Ends the statement of that name, if it runs. */
  public void cancel(String run) {
    SqlProcess process = running.get(run);
    if (process != null) {
      process.cancel();
    }
  }

  /** Starts a process ahead of the first statement. */
  public void warm() throws IOException {
    all.get(0).ready();
  }

  @Override
  public void close() {
    all.forEach(SqlProcess::close);
  }

  /** Two statements run, and as many wait as may, or as long. */
  public static final class BusyException extends Exception {
    private static final long serialVersionUID = 1;

    BusyException() {
      super("Other statements are on their way already. Try again in some seconds.");
    }
  }
}
