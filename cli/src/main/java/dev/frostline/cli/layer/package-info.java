/** The wrapper layer that this build carries, for programs started on this machine. */
@NullMarked
package dev.frostline.cli.layer;

import org.jspecify.annotations.NullMarked;
