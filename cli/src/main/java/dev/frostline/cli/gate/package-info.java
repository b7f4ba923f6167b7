/** Commands that hold a program against another or against limits. */
@NullMarked
package dev.frostline.cli.gate;

import org.jspecify.annotations.NullMarked;
