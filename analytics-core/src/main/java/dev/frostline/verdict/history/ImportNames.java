package dev.frostline.verdict.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Import names of one function, numbered in the order they are met. */
public final class ImportNames {
  private final Map<String, Integer> ids = new HashMap<>();
  private final NameKeys keys = new NameKeys();
  private final List<String> names = new ArrayList<>();

  /** The number of a name, new or known. */
  public int id(String name) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    ids.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  /** The number of a stored name, looked up by its hash. */
  int id(long key, StoredStarts store) {
    int known = keys.find(key);
    if (known >= 0) {
      return known;
    }
    int id = id(store.name(key));
    keys.add(key, id);
    return id;
  }

  public String name(int id) {
    return names.get(id);
  }

  public int size() {
    return names.size();
  }
}
