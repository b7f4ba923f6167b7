package fn;

/** Collects garbage while it is initialised. */
public final class Garbage {
  static final Object[] HEAP = new Object[200_000];

  static {
    for (int i = 0; i < HEAP.length; i++) {
      HEAP[i] = new int[2];
    }
    System.gc();
  }

  public String handleRequest(Object event) {
    return "collected";
  }
}
