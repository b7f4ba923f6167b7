package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.cli.output.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

/** Names from logs in every answer but the served page: the terminal, reports, the gate's files. */
final class HostileAnswersTest {
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void makeStore() throws Exception {
    HostileStore.in(folder);
  }

  @Test
  void terminal_getsNoControlCharacter() {
    List<String> moving = HostileStore.NAMES.subList(13, 15);
    for (String name : moving) {
      quiet("explain", name, "A.." + name);
      quiet("explain", name, "--depth", "9", "--min", "0");
      quiet("compare", name, "A", name);
      quiet("imports", name);
      quiet("functions", "-f", name);
      quiet("gate", "-f", name);
      quiet("export", name, name, "--format", "folded", "--out", folder.resolve("f").toString());
      quiet("ack", name, "A.." + name, "--reason", name, "--until", "2999-01-01", "--by", name);
      quiet("explain", name, name + "..nothing");
      quiet("export", name, "nothing", "--format", "folded");
    }
    quiet("regressions");
    quiet("regressions", "--all");
    quiet("ack", "--list");
    quiet("functions");
    quiet("imports");
    quiet("gate", "--full");
    quiet("rejects");
    quiet("sql", "FROM imports SELECT DISTINCT name, function");
    quiet("sql", "FROM cold_starts", "-o", "markdown");
    quiet("sql", "slowest_imports");
    quiet("report", "-o", "text", "--out", "-");
    for (String name : moving) {
      quiet("ack", name, "A.." + name, "--remove");
    }
  }

  @Test
  void jsonAndCsv_holdThemAsTheyAre() throws Exception {
    Set<String> names = Set.copyOf(HostileStore.NAMES);
    assertEquals(names, texts(run("functions", "-o", "json").json().path("rows"), "function"));
    assertEquals(
        names,
        texts(
            run("sql", "FROM imports SELECT DISTINCT name", "-o", "json").json().path("rows"),
            "name"));
    JsonNode comparisons = run("regressions", "-o", "json").json().path("comparisons");
    assertEquals(names, texts(comparisons, "function"));
    Path csv = Files.writeString(folder.resolve("f.csv"), run("functions", "-o", "csv").out());
    assertEquals(names, texts(PythonCsv.rows(csv), "function"));
  }

  @Test
  void reports_areReadByARealReaderOfEachFormat() throws IOException {
    Cli cli = run("report", "-o", "html,markdown,text,json", "--out", folder.toString());
    assertEquals(0, cli.exitCode(), cli.err());
    String report = "frostline-2026-W41";
    assertNames(namesIn(new ObjectMapper().readTree(folder.resolve(report + ".json").toFile())));
    assertNames(plain(Files.readString(folder.resolve(report + ".txt"))));
    Markdown markdown = new Markdown(Files.readString(folder.resolve(report + ".md")));
    assertEquals(List.of(), markdown.markup);
    assertNames(plain(String.join("\n", markdown.texts)));
    Path page = folder.resolve("page.html");
    String name = HostileStore.NAMES.get(0);
    run("explain", name, "A.." + name, "-o", "html", "--out", page.toString());
    try (Chromium chromium = new Chromium(folder.resolve("profile"))) {
      for (Path file : List.of(folder.resolve(report + ".html"), page)) {
        chromium.open(file.toUri().toString());
        String title = String.valueOf(chromium.driver.getTitle());
        assertTrue(title.endsWith(" – Frostline"), title);
        assertEquals(List.of(), chromium.complaints());
        assertEquals(List.of(), chromium.all("img, iframe, base, meta[http-equiv=refresh]"));
        Object text = chromium.driver.executeScript("return document.body.textContent");
        assertNames(plain(String.valueOf(text)).replace("\n", "\\u000a"));
      }
    }
  }

  @Test
  void gate_writesXmlAndASummaryThatHoldThem() throws Exception {
    Path junit = folder.resolve("gate.xml");
    Path summary = folder.resolve("summary.md");
    ProcessBuilder gate =
        CliProcess.of(folder, "gate", "--full", "--junit", junit.toString(), "--db", db());
    Cli cli = CliProcess.run(gate, Map.of("GITHUB_STEP_SUMMARY", summary.toString()));
    assertFalse(cli.out().isEmpty(), cli.err());
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(junit.toFile())
            .getElementsByTagName("testcase");
    Set<String> named = new HashSet<>();
    for (int i = 0; i < cases.getLength(); i++) {
      named.add(cases.item(i).getAttributes().getNamedItem("name").getNodeValue());
    }
    Set<String> expected = new HashSet<>();
    for (String name : HostileStore.NAMES) {
      String shown = SafeText.of(name);
      expected.add(shown + " A → " + shown + ": no proven slowdown");
    }
    assertEquals(expected, named);
    Markdown markdown = new Markdown(Files.readString(summary));
    assertEquals(List.of(), markdown.markup);
    Set<String> functions = new HashSet<>();
    for (List<String> row : markdown.rows) {
      assertEquals(7, row.size(), row.toString());
      functions.add(row.get(1));
    }
    functions.remove("FUNCTION");
    expected.clear();
    HostileStore.NAMES.forEach(name -> expected.add(SafeText.of(name)));
    assertEquals(expected, functions);
  }

  /** What a Markdown reader finds: markup nobody wrote, all text, and the cells of its tables. */
  private static final class Markdown extends AbstractVisitor {
    final List<String> markup = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    final List<List<String>> rows = new ArrayList<>();

    Markdown(String text) {
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .build()
          .parse(text)
          .accept(this);
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof TableRow) {
        rows.add(new ArrayList<>());
      }
      int before = texts.size();
      visitChildren(node);
      if (node instanceof TableCell) {
        rows.get(rows.size() - 1).add(String.join("", texts.subList(before, texts.size())));
      }
    }

    @Override
    public void visit(Text text) {
      texts.add(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
      texts.add(code.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
      markup.add(html.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
      markup.add(html.getLiteral());
    }

    @Override
    public void visit(Link link) {
      markup.add(link.getDestination());
    }

    @Override
    public void visit(Image image) {
      markup.add(image.getDestination());
    }
  }

  private static void quiet(String... command) {
    Cli cli = run(command);
    String shown = cli.out() + cli.err();
    assertFalse(shown.isEmpty());
    assertEquals(shown, plain(shown), () -> Arrays.toString(command));
  }

  private static Cli run(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--db", db()));
    return Cli.run(words.toArray(String[]::new));
  }

  /** Text without control characters and marks of direction. */
  private static String plain(String text) {
    return text.codePoints()
        .filter(c -> c == '\n' || !Character.isISOControl(c))
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void assertNames(String text) {
    for (String name : HostileStore.NAMES) {
      assertTrue(text.contains(SafeText.of(name)), SafeText.of(name));
    }
  }

  /** Every text of a JSON answer, as it would be shown. */
  private static String namesIn(JsonNode node) {
    StringBuilder texts = new StringBuilder();
    if (node.isTextual()) {
      texts.append(SafeText.of(node.textValue())).append('\n');
    }
    node.forEach(child -> texts.append(namesIn(child)));
    return texts.toString();
  }

  private static Set<String> texts(JsonNode rows, String key) {
    Set<String> texts = new HashSet<>();
    rows.forEach(row -> texts.add(row.path(key).textValue()));
    return texts;
  }

  private static String db() {
    return folder.resolve("hostile.duckdb").toString();
  }
}
