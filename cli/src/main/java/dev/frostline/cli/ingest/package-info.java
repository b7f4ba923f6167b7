/** Commands that fill a store or a lake, and keep it. */
@NullMarked
package dev.frostline.cli.ingest;

import org.jspecify.annotations.NullMarked;
