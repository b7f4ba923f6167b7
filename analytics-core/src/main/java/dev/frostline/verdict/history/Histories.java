package dev.frostline.verdict.history;

import java.util.List;
import java.util.Map;

/**
 * Whoever holds cold starts: a store, a lake, a part of either. Judging asks for nothing else, so
 * that the answers are the same wherever the histories come from.
 */
public interface Histories {
  /** Every function in scope that has countable cold starts, by account, Region and name. */
  List<FunctionHistory> functions(FunctionScope scope);

  /**
   * A number for each cold start in scope, by id, that changes when anything about the start does:
   * what was judged before is known by it.
   */
  Map<Long, Long> fingerprints(FunctionScope scope);

  /** The imports of these cold starts; asked for a few functions at a time, by one thread. */
  TraceBatch traces(List<StartRecord> starts);
}
