package dev.frostline.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What people wrote down beside a lake, one small object each, so that two people never write over
 * each other: {@code FOLDER/NAME.json}.
 */
final class JsonObjects {
  private static final String SUFFIX = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Place place;
  private final String folder;

  JsonObjects(Place place, String folder) {
    this.place = place;
    this.folder = folder;
  }

  List<String> names() throws IOException {
    return place.keys(folder).stream().map(this::name).toList();
  }

  private String name(String key) {
    return key.substring(folder.length() + 1).replaceFirst("\\.json$", "");
  }

  private String key(String name) {
    return folder + "/" + name + SUFFIX;
  }

  /** Writes one, in place of an earlier one of that name. */
  void write(String name, Map<String, ? extends @Nullable Object> object) throws IOException {
    Path file = Files.createTempFile("frostline-", SUFFIX);
    try {
      Files.write(file, JSON.writeValueAsBytes(object));
      place.write(key(name), file);
    } finally {
      Files.delete(file);
    }
  }

  /** Writes one that is not there yet; false where it is. */
  boolean create(String name, Map<String, ? extends @Nullable Object> object) throws IOException {
    return place.create(key(name), JSON.writeValueAsBytes(object));
  }

  /** Removes one; one that is not there is removed already. */
  void delete(String name) throws IOException {
    place.delete(key(name));
  }

  /**
   * All of them, read from name and content.
   *
   * @param what each is, with its article
   * @throws IOException also where an object is none; it is named
   */
  <T> List<T> all(String what, BiFunction<String, JsonNode, T> reader) throws IOException {
    List<T> all = new ArrayList<>();
    for (String key : place.keys(folder)) {
      try (InputStream content = place.open(key)) {
        all.add(reader.apply(name(key), JSON.readTree(content)));
      } catch (IOException | DateTimeException | IllegalArgumentException e) {
        throw new IOException(
            key + " is no " + what + ": " + e.getMessage() + ". Delete it, or write it anew.", e);
      }
    }
    return all;
  }

  /** A time as a store keeps it. */
  static Instant instant(JsonNode text) {
    return Instant.parse(text.asText()).truncatedTo(ChronoUnit.MICROS);
  }
}
