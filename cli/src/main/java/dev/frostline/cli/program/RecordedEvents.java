package dev.frostline.cli.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Events of a handler: a JSON array of them, or documents one behind the other. */
public final class RecordedEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedEvents() {}

  /**
   * Writes them as one array.
   *
   * @return how many there are
   * @throws IOException when the file cannot be read as JSON, or has no event
   */
  public static int copy(Path from, Path to) throws IOException {
    ArrayNode events = JSON.createArrayNode();
    try (MappingIterator<JsonNode> documents =
        JSON.readerFor(JsonNode.class).readValues(Files.readAllBytes(from))) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (document.isArray()) {
          events.addAll((ArrayNode) document);
        } else {
          events.add(document);
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          from + " line " + e.getLocation().getLineNr() + " is no JSON: " + e.getOriginalMessage(),
          e);
    }
    if (events.isEmpty()) {
      throw new IOException(from + " has no event");
    }
    Files.write(to, JSON.writeValueAsBytes(events));
    return events.size();
  }
}
