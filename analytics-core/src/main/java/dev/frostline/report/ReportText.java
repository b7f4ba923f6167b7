package dev.frostline.report;

/** The report as Markdown. */
public final class ReportText {
  private ReportText() {}

  /** Markdown. */
  public static String markdown(WeeklyReport report) {
    return "";
  }
}
