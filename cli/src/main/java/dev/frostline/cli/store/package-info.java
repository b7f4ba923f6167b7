/** Which store, functions, deployments and times a command asks about. */
@NullMarked
package dev.frostline.cli.store;

import org.jspecify.annotations.NullMarked;
