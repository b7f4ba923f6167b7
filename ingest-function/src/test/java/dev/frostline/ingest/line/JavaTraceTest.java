package dev.frostline.ingest.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.ImportTiming;
import dev.frostline.coldstart.StreamAssembly;
import dev.frostline.timing.EventId;
import dev.frostline.timing.ImportKind;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layer's Java agent logged under AWS's own client, as text and as JSON, read back. */
final class JavaTraceTest {
  private static final StreamId STREAM =
      new StreamId("123456789012", "eu-west-1", "/aws/lambda/order-price", "2026/11/22/[$LATEST]a");

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void oneEvent_isTheWholeTree(String format) throws Exception {
    ColdStart start = coldStart(format);
    assertEquals("v2", start.deployment());
    assertEquals("java17", start.runtime());
    assertNotNull(start.host());
    assertEquals("fn.Slow", parent(start, "fn.Inner").name());
    assertEquals("fn.Orders", parent(start, "fn.Slow").name());
    assertEquals("fn.Orders.<init>", parent(start, "fn.Failing").name());
    assertTrue(row(start, "fn.Inner").selfMicros() >= 20_000);
    assertTrue(start.imports().stream().allMatch(row -> row.kind() == ImportKind.JAVA_CLASS));
    assertTrue(start.imports().stream().allMatch(ImportTiming::duringInit));
  }

  private static ImportTiming row(ColdStart start, String name) {
    return start.imports().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ImportTiming parent(ColdStart start, String name) {
    return start.imports().get(Objects.requireNonNull(row(start, name).parentSeq()));
  }

  private static ColdStart coldStart(String format) throws Exception {
    List<TimedLine> lines = new ArrayList<>();
    for (String event : List.of(format + ".begin", format + ".event")) {
      List<TimingLine> read = new ArrayList<>();
      byte[] text = text(event).getBytes(StandardCharsets.UTF_8);
      new LineReader().read(text, 0, text.length, read);
      for (TimingLine line : read) {
        lines.add(new TimedLine(1, EventId.ordinal(lines.size()), 0, line));
      }
    }
    List<ColdStart> starts = StreamAssembly.assemble(STREAM, lines).coldStarts();
    assertEquals(1, starts.size());
    return starts.get(0);
  }

  private static String text(String event) throws IOException {
    try (InputStream in = JavaTraceTest.class.getResourceAsStream("/java-trace/" + event)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
