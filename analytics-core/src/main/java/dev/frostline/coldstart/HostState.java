package dev.frostline.coldstart;

import org.jspecify.annotations.Nullable;

/**
 * What the process had cost its host by the end of init, from the capture's end line ({@code
 * majflt= inblock= nvcsw= nivcsw= utime_us= stime_us= gc_us= gc_n=}). Times in microseconds.
 */
public record HostState(
    @Nullable Long majorFaults,
    @Nullable Long blocksRead,
    @Nullable Long voluntarySwitches,
    @Nullable Long involuntarySwitches,
    @Nullable Long userCpuMicros,
    @Nullable Long systemCpuMicros,
    @Nullable Long gcMicros,
    @Nullable Long gcCount) {}
