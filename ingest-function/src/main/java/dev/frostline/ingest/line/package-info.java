/**
 * The grammar of log lines: one class a form, {@link dev.frostline.ingest.line.LineReader} above
 * them.
 */
@NullMarked
package dev.frostline.ingest.line;

import org.jspecify.annotations.NullMarked;
