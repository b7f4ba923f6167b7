/** What is printed, and how it ends: tables, JSON, numbers, failures. */
@NullMarked
package dev.frostline.cli.output;

import org.jspecify.annotations.NullMarked;
