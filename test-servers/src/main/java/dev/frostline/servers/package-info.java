/** Real servers for tests and benchmarks, each in a process or on a port of its own. */
@NullMarked
package dev.frostline.servers;

import org.jspecify.annotations.NullMarked;
