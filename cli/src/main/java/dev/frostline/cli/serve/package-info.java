/** The local page: one server, one class a view. */
@NullMarked
package dev.frostline.cli.serve;

import org.jspecify.annotations.NullMarked;
