/**
 * What the host did to a cold start. Imports that no deployment changed tell its speed and which
 * starts of both sides are alike, so that the rest can be laid to code.
 */
@NullMarked
package dev.frostline.verdict.hosts;

import org.jspecify.annotations.NullMarked;
