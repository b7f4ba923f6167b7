package dev.frostline.verdict.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Import names of one function, numbered in the order they are met. */
public final class ImportNames {
  private final Map<String, Integer> ids = new HashMap<>();
  private final NameKeys keys = new NameKeys();
  private final List<String> names = new ArrayList<>();
  private @Nullable NamesInOrder inOrder;

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

  /** The number of the name behind a key, looked up once. */
  int id(long key, LongFunction<String> nameOfKey) {
    int known = keys.find(key);
    if (known >= 0) {
      return known;
    }
    int id = id(nameOfKey.apply(key));
    keys.add(key, id);
    return id;
  }

  public String name(int id) {
    return names.get(id);
  }

  public int size() {
    return names.size();
  }

  /** All of them in alphabetical order; made again only when there are more. */
  public NamesInOrder inOrder(String kind) {
    NamesInOrder known = inOrder;
    if (known == null || !known.areOf(kind, names.size())) {
      known = new NamesInOrder(kind, names);
      inOrder = known;
    }
    return known;
  }
}
