package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.frostline.timing.EventId;
import dev.frostline.timing.ImportKind;
import dev.frostline.timing.Sha256;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The form of landing objects. {@code landing/N} is an object of version N, kept from when it was
 * written: whoever raises the version keeps one of the new form too, and the old ones are read.
 */
final class LandingFormTest {
  @Test
  void objectOfEachVersion_isReadForEver() throws IOException {
    for (char version = '1'; version <= LandingObject.VERSION; version++) {
      LandingObject object = LandingObject.decode(kept(version));
      assertEquals(one().streams(), object.streams());
      assertEquals(7, object.notOurs());
      assertEquals(Map.of("import row cut off", 2L), object.rejects());
    }
  }

  @Test
  void writer_writesTheVersionThatIsKept() throws IOException {
    assertArrayEquals(kept((char) LandingObject.VERSION), one().encode());
  }

  @Test
  void nextVersion_isNamed() {
    byte[] next = one().encode();
    next[3]++;
    assertEquals(
        "a landing object of format 2, this Frostline reads up to 1: a newer ingest function wrote"
            + " it, so update this one and sync again",
        refused(sealed(next)));
  }

  @Test
  void cutAndForgedObjects_areRefused_withAValidChecksumToo() {
    byte[] object = one().encode();
    for (int length = 12; length < object.length; length += 7) {
      refused(sealed(Arrays.copyOf(object, length)));
    }
    refused(sealed("something else that is long enough".getBytes(StandardCharsets.UTF_8)));
  }

  private static String refused(byte[] object) {
    return String.valueOf(
        assertThrows(UndecodableException.class, () -> LandingObject.decode(object)).getMessage());
  }

  /** With the checksum that its content has now. */
  private static byte[] sealed(byte[] object) {
    byte[] sealed = object.clone();
    byte[] content = Arrays.copyOf(object, object.length - 8);
    System.arraycopy(Sha256.of(content), 0, sealed, content.length, 8);
    return sealed;
  }

  private static byte[] kept(char version) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LandingFormTest.class.getResourceAsStream("/landing/" + version))) {
      return in.readAllBytes();
    }
  }

  private static LandingObject one() {
    StreamId stream =
        new StreamId("123456789012", "eu-west-1", "/aws/lambda/shop", "2026/09/19/[4]0123abcd");
    List<TimedLine> lines =
        List.of(
            line(0, new TimingLine.InitStart("python:3.13.v43", null, null, null, null, null)),
            line(1, new TimingLine.TraceHeader()),
            line(2, new TimingLine.ImportTime(ImportKind.PYTHON_MODULE, 0, 5, 9, "app", false, 1)),
            line(3, new TimingLine.Start("a", "4")),
            line(
                4,
                new TimingLine.Report("a", 9L, 1000L, 128L, 64L, 250_000L, null, null, null, null)),
            line(5, new TimingLine.CaptureEnd(Map.of("v", "1"))));
    return new LandingObject(Map.of(stream, lines), 7, Map.of("import row cut off", 2L));
  }

  private static TimedLine line(int number, TimingLine line) {
    return new TimedLine(1_789_000_000_000L + number, new EventId(1, 2, number), 0, line);
  }
}
