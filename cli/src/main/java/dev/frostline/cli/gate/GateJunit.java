package dev.frostline.cli.gate;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.output.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A gate's answer as JUnit XML, which every CI shows: a limit is a test case. What could not be
 * judged is an error, never a pass; skipped when it was let pass on purpose.
 */
final class GateJunit {
  private final GateAnswer answer;

  GateJunit(GateAnswer answer) {
    this.answer = answer;
  }

  void write(Path file) {
    try (WholeFile whole = WholeFile.at(file)) {
      try (OutputStream out = Files.newOutputStream(whole.path())) {
        write(out);
      }
      whole.keep();
    } catch (IOException | XMLStreamException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot write " + file + ": " + e.getMessage());
    }
  }

  private void write(OutputStream out) throws XMLStreamException {
    XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuites");
    suite("budgets", answer.rows().stream().filter(GateAnswer.Row::isBudget).toList(), xml);
    suite("regression limit", answer.rows().stream().filter(row -> !row.isBudget()).toList(), xml);
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }

  private void suite(String name, List<GateAnswer.Row> rows, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", String.valueOf(rows.size()));
    xml.writeAttribute("failures", String.valueOf(count(rows, "failure")));
    xml.writeAttribute("errors", String.valueOf(count(rows, "error")));
    xml.writeAttribute("skipped", String.valueOf(count(rows, "skipped")));
    xml.writeAttribute("time", "0");
    for (GateAnswer.Row row : rows) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", name);
      attribute(xml, "name", row.function() + " " + row.deployment() + ": " + row.expected());
      xml.writeAttribute("time", "0");
      String element = element(row);
      if (!element.isEmpty()) {
        xml.writeEmptyElement(element);
        attribute(xml, "message", (row.found() + " " + row.cause()).strip());
        if (!element.equals("skipped")) {
          attribute(xml, "type", row.word());
        }
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private long count(List<GateAnswer.Row> rows, String element) {
    return rows.stream().filter(row -> element(row).equals(element)).count();
  }

  private String element(GateAnswer.Row row) {
    boolean toldOnly = row.warning() || answer.passWithoutData();
    return switch (row.outcome()) {
      case PASSED -> "";
      case FAILED -> row.warning() ? "skipped" : "failure";
      case NOT_JUDGED -> toldOnly ? "skipped" : "error";
    };
  }

  /** XML has no place for control characters, however escaped, nor for two of the last ones. */
  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(
        name,
        SafeText.of(value)
            .replaceAll("[^\\x20-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]", "?"));
  }
}
