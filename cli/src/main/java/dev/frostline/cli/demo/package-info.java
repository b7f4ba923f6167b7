/**
 * A real function's cold starts without AWS: the part of the platform is played here, everything
 * else is the real thing.
 */
@NullMarked
package dev.frostline.cli.demo;

import org.jspecify.annotations.NullMarked;
