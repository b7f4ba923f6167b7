package dev.frostline.report.picture;

import dev.frostline.report.WeeklyReport;
import dev.frostline.report.WeeklyReport.FoundChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The import trees of what a week has to act on, before against after. */
public final class WeekPictures {
  /** Below that a box has no room for anything. */
  private static final double LEAST_MS = 0.5;

  private WeekPictures() {}

  /** By the change; none where one side has no import timings. */
  public static Map<FoundChange, Icicle> read(Connection connection, WeeklyReport report)
      throws SQLException {
    Map<FoundChange, Icicle> pictures = new HashMap<>();
    for (FoundChange change : report.changes().actOn().shown()) {
      ImportTree before =
          ImportTreeReader.read(
              connection, Selection.of(change.function(), change.before(), change.after()));
      ImportTree after =
          ImportTreeReader.read(connection, Selection.of(change.function(), change.after(), null));
      if (!before.roots().isEmpty() && !after.roots().isEmpty()) {
        pictures.put(
            change,
            Icicle.of(
                "Import tree, " + change.before() + " → " + change.after(),
                ImportTree.difference(before, after).withoutSmall(LEAST_MS)));
      }
    }
    return pictures;
  }
}
