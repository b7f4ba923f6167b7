package dev.frostline.cli.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.frostline.report.picture.Timeline.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** An evented profile of speedscope's file-format-schema.json: open and close events in ms. */
final class Speedscope {
  private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

  private Speedscope() {}

  static void write(Traced traced, OutputStream out) throws IOException {
    Map<String, Integer> frames = new LinkedHashMap<>();
    for (Span span : traced.timeline().spans()) {
      frames.putIfAbsent(span.name(), frames.size());
    }
    try (JsonGenerator json = JsonFile.open(out)) {
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("exporter", "frostline");
      json.writeStringField("name", traced.title());
      json.writeObjectFieldStart("shared");
      json.writeArrayFieldStart("frames");
      for (String frame : frames.keySet()) {
        json.writeStartObject();
        json.writeStringField("name", frame);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeArrayFieldStart("profiles");
      writeProfile(traced, frames, json);
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeProfile(Traced traced, Map<String, Integer> frames, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "evented");
    json.writeStringField("name", traced.title());
    json.writeStringField("unit", "milliseconds");
    json.writeNumberField("startValue", 0);
    json.writeNumberField("endValue", traced.timeline().endMs());
    json.writeArrayFieldStart("events");
    Deque<Span> open = new ArrayDeque<>();
    for (Span span : traced.timeline().spans()) {
      while (open.size() > span.depth()) {
        close(open.removeLast(), frames, json);
      }
      open.addLast(span);
      writeEvent("O", span, span.beginMs(), frames, json);
    }
    while (!open.isEmpty()) {
      close(open.removeLast(), frames, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void close(Span span, Map<String, Integer> frames, JsonGenerator json)
      throws IOException {
    writeEvent("C", span, span.endMs(), frames, json);
  }

  private static void writeEvent(
      String type, Span span, double atMs, Map<String, Integer> frames, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeNumberField("frame", frames.getOrDefault(span.name(), 0));
    json.writeNumberField("at", atMs);
    json.writeEndObject();
  }
}
