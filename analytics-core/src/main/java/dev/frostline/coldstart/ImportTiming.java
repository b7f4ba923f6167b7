package dev.frostline.coldstart;

import dev.frostline.timing.ImportKind;
import dev.frostline.timing.TimingLine;
import org.jspecify.annotations.Nullable;

/**
 * One import of a cold start. {@code seq} is its order, children before their parent; {@code
 * parentSeq} is null for a root; {@code tree} tells the interpreters of one stream apart. Times in
 * microseconds.
 */
public record ImportTiming(
    int seq,
    @Nullable Integer parentSeq,
    int depth,
    int tree,
    ImportKind kind,
    String name,
    long selfMicros,
    long cumulativeMicros,
    boolean duringInit,
    boolean cached) {
  ImportTiming placed(@Nullable Integer parent, int realDepth, long ownMicros) {
    return new ImportTiming(
        seq, parent, realDepth, tree, kind, name, ownMicros, cumulativeMicros, duringInit, cached);
  }

  /** The row as a line, as far as it is one. */
  public TimingLine.ImportTime line() {
    return new TimingLine.ImportTime(kind, depth, selfMicros, cumulativeMicros, name, cached, null);
  }
}
