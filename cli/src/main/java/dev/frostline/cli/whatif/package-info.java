/** Commands that try a change, search for one, and hold it against what was delivered. */
@NullMarked
package dev.frostline.cli.whatif;

import org.jspecify.annotations.NullMarked;
