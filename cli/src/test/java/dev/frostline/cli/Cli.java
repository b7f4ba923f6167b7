package dev.frostline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** Runs the command as a user would, and keeps what it printed. */
public record Cli(int exitCode, String out, String err) {
  private static final Path SHARED =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data");

  public static Cli run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Frostline.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Cli(exitCode, out.toString(), err.toString());
  }

  /** A file of the shared data. */
  public static String shared(String name) {
    return SHARED.resolve(name).toString();
  }

  public JsonNode json() throws JsonProcessingException {
    return new ObjectMapper().readTree(out);
  }
}
