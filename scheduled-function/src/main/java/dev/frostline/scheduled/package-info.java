/** The functions that run on a schedule: sync with compaction, and the weekly report. */
@NullMarked
package dev.frostline.scheduled;

import org.jspecify.annotations.NullMarked;
