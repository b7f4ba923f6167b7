package dev.frostline.scheduled;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.frostline.lake.Compaction;
import dev.frostline.lake.Place;
import dev.frostline.lake.Sync;
import dev.frostline.notify.Outcome;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.timing.LineCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function that a schedule starts: takes what landed into the store and brings the lake up to
 * it. What does not fit into its time is left for the next run. {@code FROSTLINE_LANDING}, {@code
 * FROSTLINE_STORE} and {@code FROSTLINE_LAKE} name the three. Findings that are new are told, to
 * whom {@link dev.frostline.notify.Sending} and {@code frostline.toml} above the lake name.
 */
public final class SyncHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final double FOR_SYNC = 0.5;
  private static final double FOR_COMPACTION = 0.6;
  private static final double FOR_TELLING = 0.5;
  private static final int MOST_NAMED = 10;

  /** Functions with a deployment or more each that are judged in half a minute. */
  private static final int MOST_JUDGED = 200;

  private final String landing = Environment.required("FROSTLINE_LANDING", "s3://BUCKET/PREFIX");
  private final String store =
      Environment.required("FROSTLINE_STORE", "s3://BUCKET/PREFIX/frostline.duckdb");
  private final String lake = Environment.required("FROSTLINE_LAKE", "s3://BUCKET/PREFIX/lake");

  /**
   * Runs once; the answer counts lines, cold starts and days, and what is left. An object that
   * cannot be read fails the run when all others are in the store: then an alarm tells of it.
   */
  @Override
  public Map<String, Object> handleRequest(
      Map<String, Object> schedule, @Nullable Context context) {
    try (StoreObject object = new StoreObject(store)) {
      Counts counts = new Counts();
      Map<String, Object> answer;
      @Nullable Telling telling;
      try (Store opened = Store.open(object.fetch())) {
        int left = sync(opened, counts, Environment.after(FOR_SYNC, context));
        answer = counts.answer(left);
        telling = opened.judge(MOST_JUDGED) ? Telling.of(opened, lake) : null;
        compact(opened, answer, Environment.after(FOR_COMPACTION, context));
      }
      object.putBack();
      Outcome told =
          telling == null
              ? Outcome.NOTHING
              : telling.tell(Environment.after(FOR_TELLING, context), System.out);
      answer.put("findings_told", told.events().size());
      counts.requireAllRead();
      Telling.requireAllTold(told);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot sync: " + e.getMessage(), e);
    }
  }

  private int sync(Store opened, Counts counts, Instant until) throws IOException {
    try (Place place = Place.at(landing, null)) {
      return new Sync(place, opened).run(until, counts);
    }
  }

  private void compact(Store opened, Map<String, Object> answer, Instant until) throws IOException {
    try (Place place = Place.at(lake, null)) {
      Compaction.Summary days = new Compaction(opened, place).run(false, until);
      answer.put("days_written", days.written());
      answer.put("days_lost", days.lost());
      answer.put("days_removed", days.removed());
      answer.put("days_left", days.left());
    }
  }

  private static final class Counts implements Sync.Listener {
    private LineCounts lines = LineCounts.none();
    private long coldStarts;
    private final List<String> failures = new ArrayList<>();

    @Override
    public void found(int objects) {
      // Counted by what becomes of them.
    }

    @Override
    public void done(int objects) {
      // Counted by what becomes of them.
    }

    @Override
    public void stored(Ingestion.Summary group) {
      lines = lines.plus(group.lines());
      coldStarts += group.newColdStarts();
    }

    @Override
    public void failed(String key, String reason) {
      failures.add(key + ": " + reason);
    }

    private void requireAllRead() {
      if (!failures.isEmpty()) {
        throw new IllegalStateException(
            failures.size()
                + " landing objects cannot be read; all others are in the store. Delete what is no"
                + " landing object: "
                + String.join("; ", failures.subList(0, Math.min(failures.size(), MOST_NAMED))));
      }
    }

    private Map<String, Object> answer(int left) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("received", lines.received());
      answer.put("stored", lines.stored());
      answer.put("already_stored", lines.alreadyStored());
      answer.put("not_ours", lines.notOurs());
      answer.put("rejected", lines.rejected());
      answer.put("cold_starts", coldStarts);
      answer.put("objects_left", left);
      return answer;
    }
  }
}
