package dev.frostline.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers for programs. */
public final class JsonOutput {
  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonOutput() {}

  /** An answer that begins with its schema version. */
  public static Map<String, Object> answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("schema_version", SCHEMA_VERSION);
    return answer;
  }

  public static void print(PrintWriter out, Map<String, ?> answer) {
    try {
      out.println(JSON.writeValueAsString(answer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer of numbers and text is always JSON", e);
    }
  }
}
