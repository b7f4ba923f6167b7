package dev.frostline.verdict;

import dev.frostline.verdict.JudgedFunction.Answered;
import dev.frostline.verdict.changes.DatedComparison;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes found before, by the fingerprints of all cold starts they were found in: whoever asks
 * again, for another week or of a store that has grown, gets them without a new judgement. Those
 * not asked for longest are forgotten.
 */
final class RememberedChanges {
  private static final int MOST = 50_000;

  private final Map<String, List<DatedComparison>> changes =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<DatedComparison>> eldest) {
              return size() > MOST;
            }
          });

  @Nullable List<DatedComparison> of(String key) {
    return changes.get(key);
  }

  void keep(List<Answered> answers) {
    answers.forEach(one -> keep(one.part().key(), one.changes()));
  }

  void keep(String key, List<DatedComparison> found) {
    changes.put(key, found);
  }
}
