package dev.frostline.cli.export;

import dev.frostline.report.picture.Timeline.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A gzipped {@code perftools.profiles.Profile} (pprof's profile.proto): a sample for each import
 * with its own time in nanoseconds; field numbers are those of that file.
 */
final class Pprof {
  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private final Map<Integer, Integer> locations = new LinkedHashMap<>();

  private Pprof() {
    string("");
  }

  static void write(Traced traced, OutputStream out) throws IOException {
    GZIPOutputStream zipped = new GZIPOutputStream(out);
    zipped.write(new Pprof().profile(traced));
    zipped.finish();
  }

  private byte[] profile(Traced traced) {
    Message profile = new Message();
    Message valueType = valueType();
    profile.message(1, valueType);
    for (List<Span> path : traced.paths()) {
      profile.message(2, sample(path));
    }
    locations.forEach((name, id) -> profile.message(4, location(id)));
    locations.forEach((name, id) -> profile.message(5, function(id, name)));
    int title = string(traced.title());
    strings.keySet().forEach(text -> profile.bytes(6, text.getBytes(StandardCharsets.UTF_8)));
    profile.number(9, traced.beganAt().toEpochMilli() * 1_000_000);
    profile.number(10, Math.round(1e6 * traced.timeline().endMs()));
    profile.message(11, valueType);
    profile.number(12, 1);
    profile.number(13, title);
    return profile.bytes();
  }

  private Message valueType() {
    Message valueType = new Message();
    valueType.number(1, string("import"));
    valueType.number(2, string("nanoseconds"));
    return valueType;
  }

  private Message sample(List<Span> path) {
    Message sample = new Message();
    for (int i = path.size() - 1; i >= 0; i--) {
      int name = string(path.get(i).name());
      sample.number(1, locations.computeIfAbsent(name, key -> locations.size() + 1));
    }
    sample.number(2, Math.round(1e6 * path.get(path.size() - 1).selfMs()));
    return sample;
  }

  private static Message location(int id) {
    Message line = new Message();
    line.number(1, id);
    Message location = new Message();
    location.number(1, id);
    location.message(4, line);
    return location;
  }

  private static Message function(int id, int name) {
    Message function = new Message();
    function.number(1, id);
    function.number(2, name);
    return function;
  }

  private int string(String text) {
    return strings.computeIfAbsent(text, key -> strings.size());
  }

  /** One protobuf message while it is written: varints and length-delimited fields only. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int field, long value) {
      varint(((long) field << 3) | VARINT);
      varint(value);
    }

    void message(int field, Message message) {
      bytes(field, message.bytes());
    }

    void bytes(int field, byte[] bytes) {
      varint(((long) field << 3) | LENGTH_DELIMITED);
      varint(bytes.length);
      out.writeBytes(bytes);
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
