package dev.frostline.cli.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.frostline.report.picture.Timeline.Span;
import dev.frostline.timing.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * OTLP/JSON traces ({@code TracesData}): one span an import under one for them all. Ids are hex and
 * derived from what is exported, so that sending it again gives no second trace.
 */
final class Otlp {
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;
  private static final int INTERNAL = 1;

  private Otlp() {}

  static void write(Traced traced, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonFile.open(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("resourceSpans");
      json.writeStartObject();
      json.writeObjectFieldStart("resource");
      writeAttributes(json, "service.name", traced.function());
      json.writeEndObject();
      json.writeArrayFieldStart("scopeSpans");
      json.writeStartObject();
      json.writeObjectFieldStart("scope");
      json.writeStringField("name", "frostline");
      json.writeEndObject();
      json.writeArrayFieldStart("spans");
      writeSpans(traced, json);
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeSpans(Traced traced, JsonGenerator json) throws IOException {
    String root = id(traced.identity() + "\nroot", SPAN_ID_BYTES);
    Span whole = new Span(traced.title(), "imports", 0, 0, traced.timeline().endMs(), 0);
    writeSpan(traced, whole, root, "", json);
    List<List<Span>> paths = traced.paths();
    String[] open = new String[1 + paths.stream().mapToInt(List::size).max().orElse(0)];
    open[0] = root;
    for (int i = 0; i < paths.size(); i++) {
      Span span = traced.timeline().spans().get(i);
      String own = id(traced.identity() + "\n" + i, SPAN_ID_BYTES);
      open[span.depth() + 1] = own;
      writeSpan(traced, span, own, open[span.depth()], json);
    }
  }

  private static void writeSpan(
      Traced traced, Span span, String id, String parent, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", id(traced.identity(), TRACE_ID_BYTES));
    json.writeStringField("spanId", id);
    json.writeStringField("parentSpanId", parent);
    json.writeStringField("name", span.name());
    json.writeNumberField("kind", INTERNAL);
    json.writeStringField("startTimeUnixNano", nanos(traced.beganAt(), span.beginMs()));
    json.writeStringField("endTimeUnixNano", nanos(traced.beganAt(), span.endMs()));
    writeAttributes(json, "frostline.kind", span.kind());
    json.writeEndObject();
  }

  private static void writeAttributes(JsonGenerator json, String key, String value)
      throws IOException {
    json.writeArrayFieldStart("attributes");
    json.writeStartObject();
    json.writeStringField("key", key);
    json.writeObjectFieldStart("value");
    json.writeStringField("stringValue", value);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static String nanos(Instant from, double ms) {
    Instant at = from.plusNanos(Math.round(1e6 * ms));
    return String.valueOf(at.getEpochSecond() * 1_000_000_000 + at.getNano());
  }

  private static String id(String of, int bytes) {
    return HexFormat.of().formatHex(Sha256.of(of.getBytes(StandardCharsets.UTF_8)), 0, bytes);
  }
}
