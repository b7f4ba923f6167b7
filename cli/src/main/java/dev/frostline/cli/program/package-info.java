/**
 * Programs of each language, run under the layer as they are and with one change, and what each run
 * cost and did. Nothing is written into a program's own folder.
 */
@NullMarked
package dev.frostline.cli.program;

import org.jspecify.annotations.NullMarked;
