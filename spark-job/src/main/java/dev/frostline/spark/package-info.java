/** Spark runs the judge over a lake: the same code, function by function. */
@NullMarked
package dev.frostline.spark;

import org.jspecify.annotations.NullMarked;
