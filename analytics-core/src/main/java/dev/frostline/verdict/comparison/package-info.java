/**
 * One deployment against another: with import timings or without them, to a verdict with its
 * interval, its suspects and its reasons.
 */
@NullMarked
package dev.frostline.verdict.comparison;

import org.jspecify.annotations.NullMarked;
