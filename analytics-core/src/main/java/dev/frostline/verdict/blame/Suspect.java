package dev.frostline.verdict.blame;

import java.util.List;

/**
 * One import, or one package as a whole, that changed between two deployments.
 *
 * @param name module or package, e.g. {@code pandas} or {@code idna.core}
 * @param kind {@code package}, {@code pause}, {@code outside} (init that no import accounts for),
 *     or the kind of the import timing, e.g. {@code python module}
 * @param selfChangeMs change of the time of its own code, at the speed of the deployment before
 * @param cumulativeChangeMs the same with everything it newly pulls in
 * @param chain who imports it, outermost first; empty for a root of the tree
 * @param share part of the total change it explains, 0 to 1 (may pass 1 where others work against
 *     it)
 * @param p family-wise p value over all imports of the comparison
 */
public record Suspect(
    String name,
    String kind,
    Change change,
    double selfChangeMs,
    double cumulativeChangeMs,
    List<String> chain,
    double share,
    double p) {
  public Suspect {
    chain = List.copyOf(chain);
  }
}
