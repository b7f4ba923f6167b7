/** Assembly of timing lines into cold starts and import timings. */
@NullMarked
package dev.frostline.coldstart;

import org.jspecify.annotations.NullMarked;
