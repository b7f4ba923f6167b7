package dev.frostline.scheduled;

import dev.frostline.lake.AcceptedBeside;
import dev.frostline.lake.LakeSync;
import dev.frostline.lake.Place;
import dev.frostline.lake.PolicyFile;
import dev.frostline.notify.Coverage;
import dev.frostline.notify.Notifier;
import dev.frostline.notify.Outcome;
import dev.frostline.notify.Sending;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Policy;
import dev.frostline.store.LakeParts;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a function does behind a judgement: reads what there is to tell while the store is at hand,
 * and tells it when the store is safe. Neither costs a run its store.
 */
final class Telling implements LakeSync.Reader {
  /** Up to when cold starts are in the metrics: each is counted once. */
  private static final String COUNTED = "metrics-until";

  /** Events are delivered within minutes; what comes later is in the store alone. */
  private static final Duration DELIVERED = Duration.ofMinutes(10);

  private static final Duration FIRST_STRETCH = Duration.ofHours(1);

  private final String lake;
  private final Sending sending = Sending.of(System.getenv());
  private final Instant now = Instant.now();
  private Coverage coverage = Coverage.NONE;
  private Policy policy = Policy.NONE;
  private List<Acknowledgement> accepted = List.of();
  private Answer answer = Answer.NOTHING;
  private List<FindingLife> older = List.of();
  private List<String> metrics = List.of();
  private @Nullable String failure;
  private @Nullable String olderFailure;

  /**
   * @param lake beside which everything about telling lies
   */
  Telling(String lake) {
    this.lake = lake;
  }

  /** Reads what became of findings that are open for long. */
  @Override
  public void readOlder(Store judged, Set<LakeParts.Older> open) {
    try (Place beside = Place.at(Place.above(lake), null)) {
      policy = PolicyFile.beside(beside);
      older =
          notifier(beside).hasReceivers()
              ? judgedBy(judged).findings().stream()
                  .filter(life -> open.contains(older(life)))
                  .toList()
              : List.of();
      olderFailure = null;
    } catch (IOException | SQLException | RuntimeException e) {
      olderFailure = String.valueOf(e.getMessage());
    }
  }

  private static LakeParts.Older older(FindingLife life) {
    Comparison opening = life.opening();
    return new LakeParts.Older(
        opening.account() + "/" + opening.region() + "/" + opening.function(),
        LocalDate.ofInstant(life.since(), ZoneOffset.UTC));
  }

  private static Answer judgedBy(Store judged) throws SQLException {
    return new Judge(Thresholds.DEFAULT)
        .answer(new StoredHistories(judged.connection()), Query.ALL);
  }

  /** Reads what there is to tell, in place of what was read before. */
  @Override
  public void read(Store judged, LakeParts.Looked days, List<LakeParts.Open> open) {
    try (Place beside = Place.at(Place.above(lake), null)) {
      failure = null;
      coverage = new Coverage(days.functions(), days.decided());
      read(judged, open, beside);
    } catch (IOException | SQLException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
    }
  }

  private void read(Store judged, List<LakeParts.Open> open, Place beside)
      throws IOException, SQLException {
    policy = PolicyFile.beside(beside);
    Metrics.Detail detail = detail(Environment.optional("FROSTLINE_METRICS"));
    if (notifier(beside).hasReceivers() || detail != Metrics.Detail.NONE) {
      accepted = new AcceptedBeside(beside).all();
      answer = judgedBy(judged);
      metrics = Metrics.of(judged.connection(), counted(beside), until(), byFunction(open), detail);
    }
  }

  private Notifier notifier(Place beside) {
    return new Notifier(beside, Notifier.MEMORY, policy, sending);
  }

  private static Metrics.Detail detail(String word) {
    try {
      return word.isEmpty()
          ? Metrics.Detail.NONE
          : Metrics.Detail.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "FROSTLINE_METRICS is none, fleet or functions, not " + word, e);
    }
  }

  private Instant until() {
    return now.minus(DELIVERED);
  }

  private Map<String, Integer> byFunction(List<LakeParts.Open> findings) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Map<String, Integer> open = new TreeMap<>();
    for (LakeParts.Open one : findings) {
      boolean isAccepted =
          accepted.stream()
              .anyMatch(
                  accepts ->
                      accepts.holdsOn(today)
                          && accepts.covers(
                              one.account(), one.region(), one.function(), one.after()));
      if (!isAccepted) {
        open.merge(one.function(), 1, Integer::sum);
      }
    }
    return open;
  }

  private Instant counted(Place beside) throws IOException {
    try (InputStream content = beside.open(COUNTED)) {
      return Instant.parse(new String(content.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      return until().minus(FIRST_STRETCH);
    } catch (DateTimeException e) {
      throw new IOException(beside + "/" + COUNTED + " is no time. Delete it.", e);
    }
  }

  /**
   * Tells it, and what was not told before; the store may be closed by then.
   *
   * @param deadline receivers that are not reached by then are told by the next run
   * @param log of which CloudWatch makes the metrics
   */
  Outcome tell(Instant deadline, PrintStream log) {
    String failed = failure == null ? olderFailure : failure;
    if (failed != null) {
      return Outcome.failed(failed);
    }
    try (Place beside = Place.at(Place.above(lake), null)) {
      policy = PolicyFile.beside(beside);
      Outcome outcome =
          notifier(beside).tell(answer.with(older), coverage, accepted, now, deadline);
      outcome.told().forEach(one -> log.println("told " + one.receiver() + ": " + one.subject()));
      if (!metrics.isEmpty()) {
        metrics.forEach(log::println);
        Path file = Files.createTempFile("frostline-", ".txt");
        Files.writeString(file, until().toString());
        beside.write(COUNTED, file);
        Files.delete(file);
      }
      return outcome;
    } catch (IOException | RuntimeException e) {
      return Outcome.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Fails the run where a receiver was not reached: then an alarm tells of it. */
  static void requireAllTold(Outcome outcome) {
    if (!outcome.failures().isEmpty()) {
      throw new IllegalStateException(
          "Not told, while all others were: " + String.join("; ", outcome.failures()));
    }
  }
}
