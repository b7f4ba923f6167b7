package dev.frostline.page;

import dev.frostline.page.sql.Answer;
import dev.frostline.page.visitor.Recent;
import dev.frostline.policy.Policy;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import dev.frostline.store.Queries;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The store as it was at one moment, in a copy of its own; gone with its last reader. */
final class Snapshot implements AutoCloseable {
  private static final int MOST_ROWS = 100_000;
  private static final int KEPT_ANSWERS = 32;
  private static final int MOST_KEPT_ROWS = 20_000;
  private static final long MOST_CHARACTERS = 50_000_000;
  private static final long MOST_PAGE_BYTES = 96 << 20;
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private final Path file;
  private volatile @Nullable Freshness freshness;
  private final BackgroundJudge judge;
  private final Store store;
  private final AtomicInteger users = new AtomicInteger(1);
  private final Map<String, CompletableFuture<?>> working = new ConcurrentHashMap<>();

  /** What was asked last: the store of a snapshot never changes. */
  private final Map<Question, Answer> answers = Recent.map(KEPT_ANSWERS);

  /** As they stand until the store changes. */
  private final DrawnPages pages = new DrawnPages(MOST_PAGE_BYTES);

  private record Question(String name, Map<String, String> parameters) {}

  Snapshot(Path file, BackgroundJudge judge) {
    this.file = file;
    this.judge = judge;
    this.store = Store.openReadOnly(file); // keeps the file in memory from one query to the next
  }

  Path file() {
    return file;
  }

  /** Pages that show it. */
  DrawnPages pages() {
    return pages;
  }

  /** How new its newest cold start is. */
  Freshness freshness() throws SQLException {
    Freshness known = freshness;
    if (known == null) {
      known =
          new Freshness(
              Cells.instant(Cells.text(ask("report_week", Map.of()).named().get(0), "latest")));
      freshness = known;
    }
    return known;
  }

  /** One more reader; each closes it once. */
  Snapshot shared() {
    users.incrementAndGet();
    return this;
  }

  /** The answer of {@code queries/NAME.sql}; many readers ask for the same. */
  Answer ask(String name, Map<String, String> parameters) throws SQLException {
    Question question = new Question(name, Map.copyOf(parameters));
    Answer known = answers.get(question);
    if (known != null) {
      return known;
    }
    Answer answer = asked(name, parameters);
    if (answer.rows().size() <= MOST_KEPT_ROWS) {
      answers.put(question, answer);
    }
    return answer;
  }

  private Answer asked(String name, Map<String, String> parameters) throws SQLException {
    try (Store opened = Store.openReadOnly(file)) {
      for (Map.Entry<String, String> parameter : parameters.entrySet()) {
        try (PreparedStatement set =
            opened.connection().prepareStatement("SET VARIABLE " + parameter.getKey() + " = ?")) {
          set.setString(1, parameter.getValue());
          set.execute();
        }
      }
      try (Statement query = opened.connection().createStatement();
          ResultSet rows = query.executeQuery(Queries.text(name))) {
        return Answer.of(rows, MOST_ROWS, MOST_CHARACTERS);
      }
    }
  }

  /** Every comparison; absent while they are being judged. */
  @Nullable List<Comparison> comparisons() throws SQLException {
    dev.frostline.verdict.Answer judged = judged();
    return judged == null ? null : judged.comparisons();
  }

  /** Every comparison, what is open and what is live; absent while that is being judged. */
  dev.frostline.verdict.@Nullable Answer judged() throws SQLException {
    return answer(judging(), PATIENCE);
  }

  /** How many slowdowns nothing took back; negative while they are being judged. */
  int openFindings() throws SQLException {
    dev.frostline.verdict.Answer judged = judged();
    return judged == null
        ? -1
        : (int) judged.findings().stream().filter(FindingLife::isOpen).count();
  }

  /** Begins to compare all deployments, before anybody asks. */
  CompletableFuture<dev.frostline.verdict.Answer> judging() {
    return working(
        "", connection -> judge.judge().answer(new StoredHistories(connection), Query.ALL));
  }

  /** The weekly report; absent while it is being made. */
  @Nullable WeeklyReport report(Week week, Policy policy) throws SQLException {
    return answer(
        working(
            week.toString(),
            connection ->
                WeeklyReport.of(
                    connection,
                    week,
                    judge.judge().answer(new StoredHistories(connection), WeeklyReport.query(week)),
                    Thresholds.DEFAULT,
                    policy)),
        PATIENCE);
  }

  /** Waits until all that was asked so far is answered; false when that takes too long. */
  boolean isJudged(Duration patience) throws SQLException {
    CompletableFuture<?>[] asked = working.values().toArray(CompletableFuture<?>[]::new);
    return answer(CompletableFuture.allOf(asked).thenApply(none -> true), patience) != null;
  }

  /** Worked out once in this state of the store; after a failure the next reader tries again. */
  @SuppressWarnings("unchecked") // a key always stands for the same work
  private <T> CompletableFuture<T> working(String key, Work<T> work) {
    CompletableFuture<T> answer =
        (CompletableFuture<T>) working.computeIfAbsent(key, asked -> judge.work(this, work));
    if (answer.isCompletedExceptionally()) {
      working.remove(key, answer);
    }
    return answer;
  }

  private static <T> @Nullable T answer(CompletableFuture<T> answer, Duration patience)
      throws SQLException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw new SQLException("The deployments cannot be judged: " + e.getCause(), e);
    }
  }

  /** Whether only the judge still holds it. */
  boolean isOutdated() {
    return users.get() == 1;
  }

  /** A connection for what is not a query of the page's own. */
  <T> T with(Work<T> work) throws SQLException {
    try (Store opened = Store.openReadOnly(file)) {
      return work.on(opened.connection());
    }
  }

  @Override
  public void close() {
    if (users.decrementAndGet() > 0) {
      return;
    }
    store.close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads from a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }
}
