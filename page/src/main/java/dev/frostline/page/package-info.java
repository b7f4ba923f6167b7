/** The local page: one server, one class a view. */
@NullMarked
package dev.frostline.page;

import org.jspecify.annotations.NullMarked;
