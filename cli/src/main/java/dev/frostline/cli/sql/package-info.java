/** Questions in SQL, to the store or to another engine. */
@NullMarked
package dev.frostline.cli.sql;

import org.jspecify.annotations.NullMarked;
