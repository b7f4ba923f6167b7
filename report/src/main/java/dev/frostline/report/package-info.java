/**
 * The weekly report: {@link dev.frostline.report.WeeklyReport} holds every number, {@link
 * dev.frostline.report.ReportPage} and {@link dev.frostline.report.ReportText} show it.
 */
@NullMarked
package dev.frostline.report;

import org.jspecify.annotations.NullMarked;
