/** The frostline command: one class a command. */
@NullMarked
package dev.frostline.cli;

import org.jspecify.annotations.NullMarked;
