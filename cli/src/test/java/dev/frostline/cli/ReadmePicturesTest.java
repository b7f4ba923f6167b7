package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.cli.store.FunctionLookup;
import dev.frostline.cli.store.WhereOption;
import dev.frostline.report.Asset;
import dev.frostline.report.Page;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.picture.Icicle;
import dev.frostline.report.picture.ImportTree;
import dev.frostline.report.picture.ImportTreeReader;
import dev.frostline.report.picture.Selection;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/**
 * The pictures of the README are what the commands show of the sample data. {@code ./mvnw test -pl
 * cli -am -Dtest=ReadmePicturesTest -Dfrostline.draw=true} draws them anew.
 */
class ReadmePicturesTest {
  private static final Path DOCS = Path.of(System.getProperty("frostline.root", ".."), "docs");
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void ingest() {
    String sample = "lambda-python/checkout-api/quiet/v%d.ndjson.gz";
    Cli ingest =
        Cli.run(
            "ingest",
            Cli.shared(sample.formatted(3)),
            Cli.shared(sample.formatted(4)),
            Cli.shared(sample.formatted(5)),
            "--db",
            db());
    assertEquals(0, ingest.exitCode(), ingest.err());
  }

  @Test
  void explain() throws Exception {
    List<String> lines =
        Cli.run("explain", "checkout-api", "3..4", "--depth", "2", "--db", db())
            .out()
            .replace(" --db " + db(), "")
            .lines()
            .toList();
    StringBuilder text = new StringBuilder();
    int y = 52;
    for (String line : lines) {
      text.append("<text x=\"20\" y=\"%d\">%s</text>%n".formatted(y, escaped(line)));
      y += 19;
    }
    compare(
        "explain.svg",
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="720" height="%1$d" viewBox="0 0 720 %1$d" role="img" aria-label="frostline explain checkout-api 3..4">
        <style>rect { fill: #fbfbf9; stroke: #dfe2e6; } text { fill: #1b2026; font: 13px/1 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; } .prompt { fill: #59626d; } @media (prefers-color-scheme: dark) { rect { fill: #14171a; stroke: #2e353d; } text { fill: #e5e8eb; } .prompt { fill: #a0a9b4; } }</style>
        <rect x=".5" y=".5" width="719" height="%2$d" rx="8"/>
        <text class="prompt" x="20" y="28">$ frostline explain checkout-api 3..4 --depth 2</text>
        %3$s</svg>
        """
            .formatted(y + 4, y + 3, text));
  }

  @Test
  void icicle() throws Exception {
    String figure;
    try (Store store = Store.openReadOnly(Path.of(db()))) {
      Icicle icicle =
          Icicle.of(
              "Import tree, 3 → 4",
              ImportTree.difference(tree(store, "3"), tree(store, "4")).withoutSmall(5));
      figure = Page.html("picture/icicle.jte", Map.of("icicle", icicle));
    }
    String boxes =
        figure.substring(figure.indexOf("<svg"), figure.lastIndexOf("</svg>") + "</svg>".length());
    compare(
        "icicle.svg",
        boxes
            .replaceFirst(
                "<svg class=\"boxes\" width=\"100%\"",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"boxes\" width=\"1040\"")
            .replaceFirst(
                "<desc>", "<style>" + quoted(Asset.PICTURE_STYLE.text()) + "</style><desc>"));
  }

  @Test
  void report() throws Exception {
    Cli report = Cli.run("report", "--week", "2026-W38", "--out", folder.toString(), "--db", db());
    assertEquals(0, report.exitCode(), report.err());
    String page = Files.readString(folder.resolve("frostline-2026-W38.html"));
    String head =
        page.substring(page.indexOf("<header>"), page.indexOf("<section aria-labelledby=\"trend\""))
            .replaceAll("(?s)<details class=\"tree\">.*?</details>", "");
    compare(
        "report.svg",
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="900" height="480" viewBox="0 0 900 480" role="img" aria-label="The weekly report">
        <style>%s</style>
        <foreignObject width="900" height="480"><body xmlns="http://www.w3.org/1999/xhtml">%s</main></body></foreignObject>
        </svg>
        """
            .formatted(quoted(Asset.STYLE.text()), head));
  }

  private static ImportTree tree(Store store, String deployment) throws SQLException {
    FunctionLookup found = FunctionLookup.of(store.connection(), new WhereOption(), "checkout-api");
    FunctionId function = found.function();
    return ImportTreeReader.read(store.connection(), Selection.of(function, deployment, null));
  }

  private static void compare(String name, String picture) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(picture)));
    if (Boolean.getBoolean("frostline.draw")) {
      write(name, picture);
    }
    assertEquals(Files.readString(DOCS.resolve(name)), picture, "draw it anew: " + name);
  }

  private static void write(String name, String picture) throws IOException {
    Files.createDirectories(DOCS);
    Files.writeString(DOCS.resolve(name), picture);
  }

  private static String quoted(String css) {
    return "<![CDATA[" + css + "]]>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
