/**
 * Pictures that a page draws on the server, each with its table: {@link
 * dev.frostline.report.picture.Icicle}, {@link dev.frostline.report.picture.Distribution}, {@link
 * dev.frostline.report.picture.FunctionTrend}, {@link dev.frostline.report.picture.Waterfall}. The
 * templates of {@code jte/picture} show them; {@code picture.js} only adds zoom, search and keys.
 */
@NullMarked
package dev.frostline.report.picture;

import org.jspecify.annotations.NullMarked;
