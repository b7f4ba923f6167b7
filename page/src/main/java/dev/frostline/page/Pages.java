package dev.frostline.page;

import dev.frostline.page.visitor.Visitors;
import dev.frostline.report.Asset;
import dev.frostline.report.Inert;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws views. Each page holds its own style and script, and its policy allows only these. */
final class Pages {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "dev.frostline.page");
  private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.";
  private static final Asset STYLE =
      Asset.of(
          Asset.PICTURE_STYLE.text()
              + Asset.read(Pages.class, PLOT + "min.css").text()
              + Asset.read(Pages.class, "serve.css").text());
  private static final Asset SCRIPT = Asset.read(Pages.class, "serve.js");
  private static final Asset CHARTS =
      Asset.of(
          Asset.read(Pages.class, PLOT + "iife.min.js").text()
              + Asset.read(Pages.class, "charts.js").text());
  private static final Asset LOGIN_SCRIPT = Asset.read(Pages.class, "login.js");

  private static final Set<String> WITH_CHARTS = Set.of("function", "sql");

  /** What every page may load: its own style and script by hash, answers of this server. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + STYLE.sha256()
          + "'; script-src"
          + hashes(SCRIPT, Asset.PICTURE_SCRIPT, CHARTS, LOGIN_SCRIPT)
          + "; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'";

  private Pages() {}

  /**
   * A view as a page.
   *
   * @param freshness how new what it shows is
   * @param isNamed whether its readers have names
   */
  static Drawn page(View view, Address address, Freshness freshness, boolean isNamed) {
    Map<String, Object> model = new HashMap<>(view.model());
    model.put(
        "frame",
        new Frame(
            view,
            address,
            freshness,
            Drawn.anyReader(isNamed),
            STYLE,
            WITH_CHARTS.contains(view.template())
                ? List.of(SCRIPT, CHARTS)
                : List.of(SCRIPT, Asset.PICTURE_SCRIPT)));
    return new Drawn(drawn(view.template() + ".jte", model), !view.judging());
  }

  /** What stands in place of a view that cannot be shown. */
  static Response problem(int status, String title, String message) {
    return Response.html(
        status,
        drawn("problem.jte", Map.of("title", title, "message", message, "css", STYLE.text())));
  }

  /**
   * Where somebody lands whom the page does not know.
   *
   * @param message what was wrong with what they tried; empty for nothing
   */
  static Response login(int status, Visitors.Closed closed, String message) {
    return Response.html(
        status,
        drawn(
            "login.jte",
            Map.of(
                "closed",
                closed,
                "message",
                message,
                "css",
                STYLE.text(),
                "script",
                LOGIN_SCRIPT.text())));
  }

  private static String drawn(String template, Map<String, Object> model) {
    StringOutput page = new StringOutput(64 * 1024);
    TEMPLATES.render(template, model, page);
    return Inert.page(page.toString());
  }

  private static String hashes(Asset... scripts) {
    StringBuilder hashes = new StringBuilder();
    for (Asset script : scripts) {
      hashes.append(" 'sha256-").append(script.sha256()).append('\'');
    }
    return hashes.toString();
  }
}
