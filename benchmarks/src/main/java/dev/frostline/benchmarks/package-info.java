/** Speed and judgement measured against named peers and physical limits, each pair in one run. */
@NullMarked
package dev.frostline.benchmarks;

import org.jspecify.annotations.NullMarked;
