/**
 * What to change so that a program starts faster: a change is written as a patch, run beside the
 * program as it is, and told with what it gained, moved or broke.
 */
@NullMarked
package dev.frostline.cli.advice;

import org.jspecify.annotations.NullMarked;
