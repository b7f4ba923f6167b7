package dev.frostline.cli.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.frostline.report.picture.Timeline.Span;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Google's Trace Event Format, JSON object form, complete events ({@code "ph":"X"}), which Perfetto
 * and chrome://tracing open: microseconds from the first import.
 */
final class ChromeTrace {
  private ChromeTrace() {}

  static void write(Traced traced, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonFile.open(out)) {
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ms");
      json.writeArrayFieldStart("traceEvents");
      writeName("process_name", traced.function(), json);
      writeName("thread_name", traced.title(), json);
      for (Span span : traced.timeline().spans()) {
        json.writeStartObject();
        json.writeStringField("name", span.name());
        json.writeStringField("cat", span.kind());
        json.writeStringField("ph", "X");
        writeNumbers(json);
        long begin = Traced.micros(span.beginMs());
        json.writeNumberField("ts", begin);
        json.writeNumberField("dur", Traced.micros(span.endMs()) - begin);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeName(String kind, String name, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", kind);
    json.writeStringField("ph", "M");
    writeNumbers(json);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", name);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeNumbers(JsonGenerator json) throws IOException {
    json.writeNumberField("pid", 1);
    json.writeNumberField("tid", 1);
  }
}
