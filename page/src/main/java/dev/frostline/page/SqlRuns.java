package dev.frostline.page;

import dev.frostline.page.sql.SqlReply;
import dev.frostline.page.visitor.Recent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest answers of the SQL view, so that going back or taking a twin runs nothing again. */
final class SqlRuns {
  private static final int KEPT = 8;

  /** One statement that ran. */
  record Run(String sql, SqlReply reply) {}

  private final Map<String, Run> runs = Recent.map(KEPT);

  void keep(String name, Run run) {
    runs.put(name, run);
  }

  /** The run of that name; absent when it is no longer kept, or was of another statement. */
  @Nullable Run find(@Nullable String name, @Nullable String sql) {
    Run run = name == null ? null : runs.get(name);
    return run != null && (sql == null || run.sql().equals(sql)) ? run : null;
  }
}
