package dev.frostline.cli.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** JSON as a stream: one event after the other, nothing of it kept. */
final class JsonFile {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonFile() {}

  static JsonGenerator open(OutputStream out) throws IOException {
    return JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }
}
