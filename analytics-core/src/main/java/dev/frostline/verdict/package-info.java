/**
 * Did a deployment make cold starts slower, by how much, how sure, and what is to blame. {@link
 * Regressions} is the door for a store, {@link Verdicts} for cold starts in memory; VERDICTS.md
 * explains the method.
 */
@NullMarked
package dev.frostline.verdict;

import org.jspecify.annotations.NullMarked;
