/** Plans and makes the subscription filters that carry timing lines to the ingest function. */
@NullMarked
package dev.frostline.subscribe;

import org.jspecify.annotations.NullMarked;
