/**
 * Statistics that know nothing of cold starts: robust levels, ranks, permutation tests, intervals,
 * cuts of a series, and the numbers that decide a verdict. Everything else stands on it.
 */
@NullMarked
package dev.frostline.verdict.statistics;

import org.jspecify.annotations.NullMarked;
