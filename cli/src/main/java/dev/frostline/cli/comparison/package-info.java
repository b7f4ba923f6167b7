/** Commands that say which deployment was slower, and what made it so. */
@NullMarked
package dev.frostline.cli.comparison;

import org.jspecify.annotations.NullMarked;
