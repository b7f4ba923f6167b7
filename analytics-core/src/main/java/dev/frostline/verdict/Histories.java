package dev.frostline.verdict;

import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whoever holds cold starts: a store, a lake, a part of either. Judging asks for nothing else, so
 * that the answers are the same wherever the histories come from.
 */
public interface Histories {
  /** Functions in scope that were judged by these rules before, by account, Region and name. */
  default List<JudgedFunction> judged(FunctionScope scope) {
    return List.of();
  }

  /**
   * Every function in scope that has countable cold starts, by account, Region and name.
   *
   * @param without functions that are not read
   */
  List<FunctionHistory> functions(FunctionScope scope, Set<FunctionScope> without);

  /** Every function in scope. */
  default List<FunctionHistory> functions(FunctionScope scope) {
    return functions(scope, Set.of());
  }

  /**
   * A number for each cold start in scope, by id, that changes when anything about the start does:
   * what was judged before is known by it.
   *
   * @param without functions that are not read
   */
  Map<Long, Long> fingerprints(FunctionScope scope, Set<FunctionScope> without);

  /** The imports of these cold starts; asked for a few functions at a time, by one thread. */
  TraceBatch traces(List<StartRecord> starts);
}
