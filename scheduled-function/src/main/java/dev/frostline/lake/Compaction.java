package dev.frostline.lake;

import dev.frostline.store.LakeDays;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the lake up to the store: one Parquet file a table and day, written anew when a row of
 * that day is not as it was, and one each of what served when and of the findings. A file is
 * replaced as a whole and then noted in the store; stopped between the two, the next run writes the
 * same bytes again.
 */
public final class Compaction {
  private static final List<String> TABLES =
      List.of("cold_start", "import_timing", "log_stream", "module_usage");

  /** Small ones, of one file each: what the judge made of the days. */
  private static final List<String> JUDGED = List.of("live_period", "finding");

  private final LakeDays days;
  private final Place lake;

  /** From that store into the lake at that place. */
  public Compaction(Store store, Place lake) {
    this.days = new LakeDays(store, lake.toString());
    this.lake = lake;
  }

  /**
   * What a run did, in days.
   *
   * @param written those written anew
   * @param lost of these, those whose files were gone
   * @param removed those that have no rows any more
   * @param left those left for the next run
   */
  public record Summary(int written, int lost, int removed, int left) {}

  /**
   * Writes every day that changed, the latest first.
   *
   * @param all whether to write the others too
   * @param until after then, the days left are left for the next run
   * @throws IOException when the lake cannot be written; days that were written stay so
   */
  public Summary run(boolean all, Instant until) throws IOException {
    if (!new CommittedLake(lake).latest().isNone()) {
      throw new IOException(
          lake + " is written by the scheduled function; a store's own days do not belong there");
    }
    int written = 0;
    int lost = 0;
    int removed = 0;
    List<LakeDays.Day> changed = days.changed(held(), all);
    for (LakeDays.Day day : changed) {
      if (Instant.now().isAfter(until)) {
        break;
      }
      if (day.isEmpty()) {
        removed++;
      } else {
        written++;
        lost += day.lost() ? 1 : 0;
      }
      bring(day);
    }
    for (String table : JUDGED) {
      writeWhole(table);
    }
    return new Summary(written, lost, removed, changed.size() - written - removed);
  }

  private List<String> held() throws IOException {
    List<String> held = new ArrayList<>();
    for (String table : TABLES) {
      held.addAll(lake.keys(table));
    }
    return held;
  }

  private void writeWhole(String table) throws IOException {
    Path file = Files.createTempFile("frostline-", ".parquet");
    try {
      days.export(table, file);
      lake.write(table + "/data.parquet", file);
    } finally {
      Files.delete(file);
    }
  }

  private void bring(LakeDays.Day day) throws IOException {
    for (String table : TABLES) {
      String key = table + "/dt=" + day.date() + "/data.parquet";
      if (day.isEmpty()) {
        lake.delete(key);
        continue;
      }
      Path file = Files.createTempFile("frostline-", ".parquet");
      try {
        if (days.export(table, day, file) > 0) {
          lake.write(key, file);
        } else {
          lake.delete(key);
        }
      } finally {
        Files.delete(file);
      }
    }
    days.note(day);
  }
}
