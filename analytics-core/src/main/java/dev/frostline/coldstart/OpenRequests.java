package dev.frostline.coldstart;

import java.util.HashSet;
import java.util.Set;

/**
 * The requests that an environment is serving: those with a START whose REPORT has not come. Most
 * environments serve one at a time, so that a START ends what was lost of the request before.
 */
final class OpenRequests {
  /** More than a managed environment serves at once; a function may print STARTs as it likes. */
  private static final int MOST = 10_000;

  private final Set<String> requests = new HashSet<>();

  void start(String request, boolean severalAtOnce) {
    if (!severalAtOnce || requests.size() == MOST) {
      requests.clear();
    }
    requests.add(request);
  }

  /** Ends a request; false when it had not started. */
  boolean end(String request) {
    return requests.remove(request);
  }

  boolean isOpen(String request) {
    return requests.contains(request);
  }

  boolean isServing() {
    return !requests.isEmpty();
  }
}
