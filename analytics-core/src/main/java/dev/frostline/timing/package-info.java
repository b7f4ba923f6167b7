/** Timing lines and where they come from: the value that reading hands to assembly. */
@NullMarked
package dev.frostline.timing;

import org.jspecify.annotations.NullMarked;
