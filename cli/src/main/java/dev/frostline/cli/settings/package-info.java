/** What frostline.toml says. */
@NullMarked
package dev.frostline.cli.settings;

import org.jspecify.annotations.NullMarked;
