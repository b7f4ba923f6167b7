package dev.frostline.verdict.comparison;

/**
 * One side of a comparison.
 *
 * @param deployment its identity
 * @param medianMs median Init Duration of the starts that count; NaN without any
 * @param starts cold starts that count
 * @param traced those of them with import timings
 * @param days distinct days on which they happened
 */
public record Side(String deployment, double medianMs, int starts, int traced, int days) {}
