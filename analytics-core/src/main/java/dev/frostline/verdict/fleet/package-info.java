/** What only shows when many functions are looked at together. */
@NullMarked
package dev.frostline.verdict.fleet;

import org.jspecify.annotations.NullMarked;
