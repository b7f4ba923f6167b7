package dev.frostline.page.sql;

import org.jspecify.annotations.Nullable;

/**
 * What became of a statement: either an answer or the reason there is none.
 *
 * @param millis how long it took
 */
public record SqlReply(@Nullable Answer answer, @Nullable String problem, long millis) {
  static SqlReply failed(String problem, long millis) {
    return new SqlReply(null, problem, millis);
  }
}
