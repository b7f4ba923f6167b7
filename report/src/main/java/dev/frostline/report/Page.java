package dev.frostline.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Fills the templates of {@code src/main/jte}, which are compiled with the build. */
public final class Page {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Page.class.getClassLoader(), "dev.frostline.report.page");

  private Page() {}

  /** The page; names from logs are escaped by the templates for where they stand. */
  public static String html(String template, Map<String, Object> parameters) {
    TemplateOutput page = new StringOutput(64 * 1024);
    TEMPLATES.render(template, parameters, page);
    return Inert.page(page.toString());
  }
}
