package dev.frostline.verdict.comparison;

/**
 * How cold starts vary within one deployment.
 *
 * @param rawPct robust coefficient of variation of Init Duration in %
 * @param normalisedPct the same after the host's speed is taken out; NaN without traces
 * @param traced whether import timings carried the comparison
 */
public record Noise(double rawPct, double normalisedPct, boolean traced) {}
