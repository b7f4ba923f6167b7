package dev.frostline.report;

import java.util.Map;

/**
 * The report as one HTML file without a script: it opens from disk, prints, and loads nothing. Its
 * content security policy allows its own style sheet, by hash, and nothing else.
 */
public final class ReportPage {
  private ReportPage() {}

  /** The page of a week. */
  public static String html(WeeklyReport report) {
    return Page.html("weekly.jte", Map.of("report", report, "style", Asset.STYLE));
  }
}
