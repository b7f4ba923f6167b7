/**
 * Import trees in the formats of other people's viewers: {@link
 * dev.frostline.cli.export.ExportFormat} lists them.
 */
@NullMarked
package dev.frostline.cli.export;

import org.jspecify.annotations.NullMarked;
