package dev.frostline.page.visitor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that keeps what was used last and forgets the rest; for many threads. */
public final class Recent {
  private Recent() {}

  /**
   * An empty one.
   *
   * @param kept how many
   */
  public static <K, V> Map<K, V> map(int kept) {
    return Collections.synchronizedMap(
        new LinkedHashMap<K, V>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > kept;
          }
        });
  }
}
