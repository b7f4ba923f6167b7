/** Moves data between folders or buckets and the store: sync, compaction, replay. */
@NullMarked
package dev.frostline.lake;

import org.jspecify.annotations.NullMarked;
