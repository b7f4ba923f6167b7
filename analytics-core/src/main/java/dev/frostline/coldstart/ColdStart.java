package dev.frostline.coldstart;

import dev.frostline.timing.Sha256;
import dev.frostline.timing.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One init of one execution environment with its import timings. Durations are microseconds, times
 * Unix ms; null is "not reported". The accounting identity holds where init is known: init =
 * runtime bootstrap + imports + unattributed.
 *
 * @param ordinal which init of its stream, from 0
 * @param deployment identity of the code: published version, else FROSTLINE_DEPLOYMENT, else
 *     fingerprint, else $LATEST or $LATEST.PUBLISHED
 * @param runtime as the Lambda API spells it, e.g. python3.13
 * @param runtimeVersion AWS's own patch level, e.g. python:3.13.v43
 * @param suspectLines lines that contradict others, as forged ones do; a start with any is never
 *     averaged
 * @param completeness complete, cut, capped or trace only
 * @param importsDropped import lines beyond the most that a cold start keeps of its init and of its
 *     first request
 * @param usage which modules ran code afterwards, where the layer was asked to look
 */
public record ColdStart(
    StreamId stream,
    int ordinal,
    String function,
    String version,
    String deployment,
    long startedAtMillis,
    @Nullable String runtime,
    @Nullable String runtimeVersion,
    @Nullable String runtimeVersionArn,
    @Nullable String architecture,
    @Nullable Long memoryMb,
    @Nullable String layers,
    InitKind initKind,
    String status,
    @Nullable String errorType,
    int suspectLines,
    String completeness,
    @Nullable Long initMicros,
    @Nullable Long restoreMicros,
    @Nullable Long firstInvokeMicros,
    @Nullable Long billedMicros,
    @Nullable Long bootstrapMicros,
    @Nullable Long importsMicros,
    @Nullable HostState host,
    int importsDropped,
    @Nullable ModuleUsage usage,
    List<ImportTiming> imports) {

  /** Id of this cold start in every store. */
  public long id() {
    return id(stream, ordinal);
  }

  /** Id of the cold start of that number in its stream, from 0. */
  public static long id(StreamId stream, int ordinal) {
    return Sha256.id(
        stream.account(),
        stream.region(),
        stream.logGroup(),
        stream.logStream(),
        String.valueOf(ordinal));
  }

  /** The part of init that no line explains; negative when threads overlapped. */
  public @Nullable Long unattributedMicros() {
    if (initMicros == null || bootstrapMicros == null || importsMicros == null) {
      return null;
    }
    return initMicros - bootstrapMicros - importsMicros;
  }
}
