/** Reads log batches and files into timing lines, and lands them from a Lambda. */
@NullMarked
package dev.frostline.ingest;

import org.jspecify.annotations.NullMarked;
