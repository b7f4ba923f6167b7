package dev.frostline.verdict.history;

import org.jspecify.annotations.Nullable;

/**
 * The facts of a cold start that must be equal before code is compared.
 *
 * @param runtime as the Lambda API spells it, e.g. python3.13
 * @param runtimeVersion AWS's patch level, e.g. python:3.13.v43
 * @param initKind on-demand, provisioned, restore, managed or re-init
 */
public record Configuration(
    @Nullable String runtime,
    @Nullable String runtimeVersion,
    @Nullable String architecture,
    @Nullable Integer memoryMb,
    @Nullable String layers,
    String initKind) {
  /** Whether only AWS's patch level differs. */
  public boolean isPatchedTo(Configuration other) {
    return runtimeVersion != null
        && other.runtimeVersion != null
        && !runtimeVersion.equals(other.runtimeVersion)
        && other.equals(
            new Configuration(
                runtime, other.runtimeVersion, architecture, memoryMb, layers, initKind));
  }
}
