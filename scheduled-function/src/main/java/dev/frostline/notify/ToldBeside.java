package dev.frostline.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.lake.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was told, as an object beside the lake or the store. One run at a time writes it: whoever
 * creates the lock first; the lock of a run that was killed is over after 20 minutes.
 */
final class ToldBeside {
  private static final int SCHEMA_VERSION = 1;
  private static final Duration LONGEST_RUN = Duration.ofMinutes(20);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Place place;
  private final String key;

  ToldBeside(Place place, String key) {
    this.place = place;
    this.key = key;
  }

  /** Whether this run may write; false while another does. */
  boolean lock(Instant now) throws IOException {
    byte[] until = now.plus(LONGEST_RUN).toString().getBytes(StandardCharsets.UTF_8);
    if (place.create(lock(), until)) {
      return true;
    }
    try (InputStream content = place.open(lock())) {
      String other = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      if (now.isBefore(Instant.parse(other))) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return place.create(lock(), until);
    } catch (DateTimeException e) {
      throw new IOException(place + "/" + lock() + " is no lock of Frostline's. Delete it.", e);
    }
    place.delete(lock());
    return place.create(lock(), until);
  }

  void unlock() throws IOException {
    place.delete(lock());
  }

  private String lock() {
    return key + ".lock";
  }

  List<Told> read() throws IOException {
    try (InputStream content = place.open(key)) {
      JsonNode object = JSON.readTree(content);
      if (object.path("schema_version").asInt() != SCHEMA_VERSION) {
        throw new IOException(
            place + "/" + key + " is of another version of Frostline, or no memory of messages.");
      }
      List<Told> told = new ArrayList<>();
      for (JsonNode one : object.path("findings")) {
        told.add(JSON.treeToValue(one, Told.class));
      }
      return told;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (JsonProcessingException e) {
      throw new IOException(
          place + "/" + key + " cannot be read. Delete it: what is open is then told once more.",
          e);
    }
  }

  void write(List<Told> told) throws IOException {
    ObjectNode object = JSON.createObjectNode().put("schema_version", SCHEMA_VERSION);
    object.set("findings", JSON.valueToTree(told));
    Path file = Files.createTempFile("frostline-", ".json");
    try {
      Files.write(file, JSON.writeValueAsBytes(object));
      place.write(key, file);
    } finally {
      Files.delete(file);
    }
  }
}
