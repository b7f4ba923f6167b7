/** The weekly report, messages and the page. */
@NullMarked
package dev.frostline.cli.report;

import org.jspecify.annotations.NullMarked;
