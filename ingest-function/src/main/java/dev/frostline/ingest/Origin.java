package dev.frostline.ingest;

import dev.frostline.timing.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What is known about where logs come from besides what their envelope says: the region of the
 * ingest function, or the options of the command line. Names of a function and version stand for
 * those of files that hold none.
 */
public record Origin(
    String account,
    String region,
    @Nullable String function,
    @Nullable String version,
    @Nullable String logGroup,
    @Nullable String logStream) {
  /** Only the region is known. */
  public static Origin ofRegion(@Nullable String region) {
    return new Origin(
        StreamId.UNKNOWN,
        region == null || region.isEmpty() ? StreamId.UNKNOWN : region,
        null,
        null,
        null,
        null);
  }

  /** The same, in the region that an envelope names. */
  Origin inRegion(@Nullable String named) {
    return named == null || named.isEmpty()
        ? this
        : new Origin(account, named, function, version, logGroup, logStream);
  }

  /** The stream of an event whose file names none or only part of it. */
  StreamId stream(LooseEvents.Place named, String fallbackStream) {
    String group = named.group() != null ? named.group() : logGroup;
    if (group == null) {
      group = function == null ? "" : "/aws/lambda/" + function;
    }
    String stream = named.stream() != null ? named.stream() : logStream;
    String owner = named.account() != null ? named.account() : account;
    return new StreamId(owner, region, group, stream != null ? stream : fallbackStream);
  }
}
