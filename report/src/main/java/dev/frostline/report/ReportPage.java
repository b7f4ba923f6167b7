package dev.frostline.report;

import dev.frostline.policy.Policy;
import dev.frostline.report.WeeklyReport.FoundChange;
import java.util.Map;

/**
 * The report as one HTML file without a script: it opens from disk, prints, and loads nothing. Its
 * content security policy allows its own style sheet, by hash, and nothing else.
 */
public final class ReportPage {
  private ReportPage() {}

  /** The page of a week, where no other page is known. */
  public static String html(WeeklyReport report) {
    return html(report, new Links(null, Policy.NONE));
  }

  /** The page of a week. */
  public static String html(WeeklyReport report, Links links) {
    return html(report, links, Map.of());
  }

  /**
   * The same with pictures.
   *
   * @param pictures import trees of changes, as {@code WeekPictures} reads them
   */
  public static String html(WeeklyReport report, Links links, Map<FoundChange, ?> pictures) {
    return Page.html(
        "weekly.jte",
        Map.of(
            "report",
            report,
            "links",
            links,
            "pictures",
            pictures,
            "style",
            pictures.isEmpty() ? Asset.STYLE : Asset.PICTURE_STYLE));
  }
}
