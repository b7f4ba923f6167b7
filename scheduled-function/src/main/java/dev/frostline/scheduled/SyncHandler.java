package dev.frostline.scheduled;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.frostline.lake.LakePruning;
import dev.frostline.lake.LakeSync;
import dev.frostline.lake.Place;
import dev.frostline.lake.PolicyFile;
import dev.frostline.lake.ScratchFolder;
import dev.frostline.lake.Sync;
import dev.frostline.notify.Outcome;
import dev.frostline.policy.Retention;
import dev.frostline.store.Ingestion;
import dev.frostline.timing.LineCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function that a schedule starts: takes what landed into the lake. What does not fit into its
 * time is left for the next run. {@code FROSTLINE_LANDING} and {@code FROSTLINE_LAKE} name the two;
 * where the lake is not there yet, the store of an earlier version at {@code FROSTLINE_STORE} moves
 * into it. An event {@code {"all": true}} looks through the whole landing, as a run does once a day
 * anyway. Findings that are new are told, to whom {@link dev.frostline.notify.Sending} and {@code
 * frostline.toml} above the lake name. Once a day, days behind {@code FROSTLINE_RAW_DAYS}, or
 * behind the {@code [retention]} of that file, are thinned out.
 */
public final class SyncHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final double FOR_SYNC = 0.5;
  private static final double FOR_TELLING = 0.5;
  private static final double FOR_PRUNING = 0.8;
  private static final int MOST_NAMED = 10;

  private final String landing = Environment.required("FROSTLINE_LANDING", "s3://BUCKET/PREFIX");
  private final String lake = Environment.required("FROSTLINE_LAKE", "s3://BUCKET/PREFIX/lake");
  private final String store = Environment.optional("FROSTLINE_STORE");

  /**
   * Runs once; the answer counts lines, cold starts and days, and what is left. An object that
   * cannot be read fails the run when all others are in the lake: then an alarm tells of it.
   */
  @Override
  public Map<String, Object> handleRequest(
      Map<String, Object> schedule, @Nullable Context context) {
    try (Place from = Place.at(landing, null);
        Place to = Place.at(lake, null)) {
      LakeSync sync = new LakeSync(from, to);
      boolean hasMoved = moveIn(sync);
      Counts counts = new Counts();
      Telling telling = new Telling(lake);
      LakeSync.Summary summary =
          sync.run(
              Environment.after(FOR_SYNC, context),
              Boolean.TRUE.equals(schedule.get("all")),
              counts,
              telling);
      Outcome told = telling.tell(Environment.after(FOR_TELLING, context), System.out);
      Map<String, Object> answer = counts.answer(summary.left());
      answer.put("days_written", summary.daysWritten());
      answer.put("findings_told", told.events().size());
      answer.put("imports_pruned", summary.isAll() ? prune(to, context) : 0);
      answer.put("store_moved", hasMoved);
      counts.requireAllRead();
      Telling.requireAllTold(told);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot sync: " + e.getMessage(), e);
    }
  }

  /** The store stays where it is; nothing reads it any more. */
  private boolean moveIn(LakeSync sync) throws IOException {
    if (store.isEmpty() || !sync.isNew()) {
      return false;
    }
    try (ScratchFolder folder = new ScratchFolder();
        Place above = Place.at(Place.above(store), null);
        Place beside = Place.at(Place.above(lake), null);
        InputStream content = above.open(store.substring(store.lastIndexOf('/') + 1))) {
      Path file = folder.path().resolve("frostline.duckdb");
      Files.copy(content, file);
      return sync.moveIn(file, beside);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** What is left for lack of time, the next day's run prunes. */
  private long prune(Place place, @Nullable Context context) throws IOException {
    @Nullable Retention retention = retention();
    if (retention == null) {
      return 0;
    }
    LocalDate before = LocalDate.now(ZoneOffset.UTC).minusDays(retention.rawDays());
    return new LakePruning(place, before, retention)
        .prune(Environment.after(FOR_PRUNING, context))
        .importTimings();
  }

  private @Nullable Retention retention() throws IOException {
    @Nullable Retention set;
    try (Place beside = Place.at(Place.above(lake), null)) {
      set = PolicyFile.beside(beside).retention();
    }
    String days = Environment.optional("FROSTLINE_RAW_DAYS");
    if (days.isEmpty() || days.equals("0")) {
      return set;
    }
    try {
      int starts = set == null ? Retention.DAILY_STARTS : set.dailyStarts();
      return new Retention(Integer.parseInt(days), starts);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("FROSTLINE_RAW_DAYS: " + e.getMessage(), e);
    }
  }

  private static final class Counts implements Sync.Listener {
    private LineCounts lines = LineCounts.none();
    private long coldStarts;
    private final List<String> failures = new ArrayList<>();

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
                + " landing objects cannot be read; all others are in the lake. Delete what is no"
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
