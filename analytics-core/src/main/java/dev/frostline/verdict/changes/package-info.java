/**
 * Changes that nobody deployed: places in time at which a function's cold starts changed, and
 * patches of the runtime under a deployment.
 */
@NullMarked
package dev.frostline.verdict.changes;

import org.jspecify.annotations.NullMarked;
