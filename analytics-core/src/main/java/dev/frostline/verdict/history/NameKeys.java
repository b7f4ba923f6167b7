package dev.frostline.verdict.history;

import java.util.Arrays;

/**
 * Numbers 63-bit name keys in the order they are met; an open hash table, since ten million rows
 * are looked up in it.
 */
final class NameKeys {
  private static final long FREE = -1;

  private long[] keys = new long[2048];
  private int[] ids = new int[2048];
  private int size;

  NameKeys() {
    Arrays.fill(keys, FREE);
  }

  /** The number of a key, or -1 after which the caller adds it. */
  int find(long key) {
    int at = slot(keys, key);
    return keys[at] == FREE ? -1 : ids[at];
  }

  void add(long key, int id) {
    if (2 * ++size > keys.length) {
      grow();
    }
    int at = slot(keys, key);
    keys[at] = key;
    ids[at] = id;
  }

  private void grow() {
    long[] larger = new long[keys.length * 2];
    int[] largerIds = new int[larger.length];
    Arrays.fill(larger, FREE);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        int at = slot(larger, keys[i]);
        larger[at] = keys[i];
        largerIds[at] = ids[i];
      }
    }
    keys = larger;
    ids = largerIds;
  }

  private static int slot(long[] table, long key) {
    int at = (int) (key ^ (key >>> 32)) & (table.length - 1);
    while (table[at] != FREE && table[at] != key) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }
}
