/** Finds out why a function is silent. */
@NullMarked
package dev.frostline.doctor;

import org.jspecify.annotations.NullMarked;
