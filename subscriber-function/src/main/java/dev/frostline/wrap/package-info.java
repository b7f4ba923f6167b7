/** Plans and makes the changes that put the layer on functions, and takes them back. */
@NullMarked
package dev.frostline.wrap;

import org.jspecify.annotations.NullMarked;
