package dev.frostline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;

/** CSV as Python's {@code csv} module reads it: RFC 4180. */
final class PythonCsv {
  private PythonCsv() {}

  /** The rows as objects by column. */
  static JsonNode rows(Path file) throws Exception {
    String program =
        "import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))))";
    ProcessBuilder python = new ProcessBuilder("python3", "-c", program, file.toString());
    return new ObjectMapper().readTree(CliProcess.run(python, Map.of()).out());
  }
}
