/** Comparisons with named peers and known truth; never published. */
@NullMarked
package dev.frostline.benchmarks;

import org.jspecify.annotations.NullMarked;
