/** What served when: tracks, live periods, and which period each one replaced. */
@NullMarked
package dev.frostline.verdict.timeline;

import org.jspecify.annotations.NullMarked;
