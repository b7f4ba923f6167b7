/**
 * The layer zip on real interpreters: what it logs, and that a function cannot tell it is there.
 */
@NullMarked
package dev.frostline.layer;

import org.jspecify.annotations.NullMarked;
