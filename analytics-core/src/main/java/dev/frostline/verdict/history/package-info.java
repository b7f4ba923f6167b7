/**
 * What was live: the countable cold starts of a function by deployment, their configuration, what
 * the layer saw of their hosts, and the imports they made.
 */
@NullMarked
package dev.frostline.verdict.history;

import org.jspecify.annotations.NullMarked;
