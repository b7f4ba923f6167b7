/** SQL of the page's reader: gated, and run in processes that the operating system limits. */
@NullMarked
package dev.frostline.page.sql;

import org.jspecify.annotations.NullMarked;
