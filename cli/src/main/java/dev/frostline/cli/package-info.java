/** The frostline command: one class a command, in a package with others of its kind. */
@NullMarked
package dev.frostline.cli;

import org.jspecify.annotations.NullMarked;
