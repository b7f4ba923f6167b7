/** Inputs made by Jazzer against everything that reads what strangers wrote. */
@NullMarked
package dev.frostline.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
