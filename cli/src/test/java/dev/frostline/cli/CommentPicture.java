package dev.frostline.cli;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A comment as GitHub shows it: its Markdown with tables, in the colours and sizes of a thread. */
final class CommentPicture {
  private static final List<TablesExtension> TABLES =
      List.of((TablesExtension) TablesExtension.create());
  private static final String STYLE =
      """
      .box { box-sizing: border-box; width: 898px; border: 1px solid #d1d9e0; border-radius: 6px; background: #fff; color: #1f2328; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
      .head { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e; }
      .head b { color: #1f2328; } .head i { font-style: normal; border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 7px; font-size: 12px; }
      .body { padding: 16px; } h3 { font-size: 20px; line-height: 1.25; margin: 0 0 16px; } p { margin: 0 0 16px; }
      table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: 6px 10px; text-align: left; }
      @media (prefers-color-scheme: dark) { .box { background: #0d1117; color: #f0f6fc; border-color: #3d444d; } .head { background: #151b23; color: #9198a1; border-color: #3d444d; } .head b { color: #f0f6fc; } .head i, th, td { border-color: #3d444d; } }
      """;

  private CommentPicture() {}

  /** An SVG of the comment, from its Markdown. */
  static String of(String markdown) {
    String body =
        HtmlRenderer.builder()
            .extensions(TABLES)
            .build()
            .render(
                Parser.builder()
                    .extensions(TABLES)
                    .build()
                    .parse(markdown.replaceFirst("(?s)^<!--.*?-->\\R", "")));
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="900" height="250" viewBox="0 0 900 250" role="img" aria-label="The comment of the action on a pull request">
    <style>%s</style>
    <foreignObject width="900" height="250"><div xmlns="http://www.w3.org/1999/xhtml" class="box"><div class="head"><b>github-actions</b> <i>bot</i> commented</div><div class="body">%s</div></div></foreignObject>
    </svg>
    """
        .formatted(STYLE, body);
  }

  /** The titles and the columns of a picture. */
  static List<String> headings(String picture) {
    return Pattern.compile("<(th|h3)>(.*?)</")
        .matcher(picture)
        .results()
        .map((MatchResult one) -> one.group(2))
        .toList();
  }
}
