/**
 * What changed between two deployments and who answers for it: imports that came, went or changed
 * their time, pauses that only changed place, and the packages behind them.
 */
@NullMarked
package dev.frostline.verdict.blame;

import org.jspecify.annotations.NullMarked;
